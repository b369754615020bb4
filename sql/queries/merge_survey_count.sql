-- How many rows of the survey changed a camera, and how many said what was known. None makes a new camera.
select 0, count(*) filter (where deed <> 'same'), count(*) filter (where deed = 'same'), 0 from deeds

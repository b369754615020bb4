-- How many of the staged areas are dong, and how many are whole districts.
select count(*) filter (where level = 'dong'), count(*) filter (where level <> 'dong') from stage_boundary

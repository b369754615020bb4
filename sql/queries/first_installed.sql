-- The first day that any camera's state is valid from, NULL without cameras.
select min(lower(valid_during)) as first_day from api.camera_state;

-- A row when some row of the file was taken.
select 1 from stage_row where reason is null limit 1

-- How many of the active cameras as at a day are down now, and how many there are.
select count(*) filter (where status = 'down') as out_of_order, count(*) as cameras from api.camera_at(:at);

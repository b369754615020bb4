-- How many cameras active at a day stand clear of walls, on one, on a roof or inside a building, by code. Cameras whose
-- field of view does not say, or who have none as yet, are in no row.
select f.computed_from ->> 'stands' as stands, count(distinct f.state_id) as cameras
from core.field_of_view f
join api.camera_state s using (state_id)
where s.status = 'active' and s.valid_during @> cast(:at as date) and f.computed_from ? 'stands'
group by 1;

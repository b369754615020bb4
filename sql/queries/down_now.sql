-- The cameras active at a day that are out of order now.
select c.camera_id
from api.camera_at(cast(:at as date)) c
where exists (select from api.camera_status d where d.camera_id = c.camera_id and d.down_during @> now())
order by c.camera_id;

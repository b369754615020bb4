-- Cameras told to see places certainly of which operators said that they do not, the most denied first.
select c.camera_key, d.camera_id, d.denied, d.confirmed, d.places, d.last_day
from api.sights_denied() d
join api.camera_at() c using (camera_id)
order by d.denied desc, c.camera_key;

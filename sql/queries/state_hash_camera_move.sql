-- For the hash of the state. Where cameras hung before, by key; of several moves their order counts, not their numbers.
select c.camera_key, site.site_key, m.until, row_number() over (partition by m.camera_id order by m.move_id) as nth
from core.camera_move m join core.camera c using (camera_id) join core.site site on site.site_id = m.site_id

-- The camera of a number (its key, else its row's number) with its place, picture and aim on a day; `hangs`: whether it hung
-- there then. No row: no such camera.
select s.camera_id, s.camera_key, s.site_id, st_x(site.geom) as east_m, st_y(site.geom) as north_m,
    s.image_w_px, s.image_h_px, s.kind, s.heading_deg, s.tilt_deg, s.valid_during @> cast(:day as date) and s.status = 'active' as hangs
from api.camera_state s
join api.site site using (site_id)
where s.camera_key = :name or cast(s.camera_id as text) = :name
order by s.camera_key = :name desc, s.valid_during @> cast(:day as date) desc, lower(s.valid_during) desc
limit 1;

-- The active cameras as at a day ($1), as the analyses take them; NULL is unknown.
select c.camera_id, c.state_id, c.site_id, c.camera_key, c.agency, c.purpose_code as purpose, c.legal_ground, c.kind,
    c.heading_deg, c.tilt_deg, c.height_m, c.focal_mm, c.hfov_deg, c.sensor_w_mm, c.sensor_h_mm,
    c.image_w_px::double precision as image_w_px, c.image_h_px::double precision as image_h_px, c.ir_range_m,
    c.pixels::double precision as pixels,
    c.status, c.aim_source, c.valid_from, st_asbinary(c.geom) as geometry
from api.camera_at($1::date) c
order by c.camera_id;

-- Every active state of every camera, of all dates, with what its optics are computed from; NULL is unknown. A state that
-- stands behind another record for a while is one all the same.
select distinct on (s.state_id) s.camera_id, s.state_id, site.site_id, s.camera_key, a.name_ko as agency,
    s.purpose_code as purpose, s.kind,
    s.heading_deg, s.tilt_deg, s.height_m, s.focal_mm, s.hfov_deg, s.sensor_w_mm, s.sensor_h_mm,
    s.image_w_px::double precision as image_w_px, s.image_h_px::double precision as image_h_px, s.ir_range_m,
    s.pixels::double precision as pixels,
    lower(s.valid_during) as valid_from, upper_inf(s.valid_during) as stands, st_asbinary(site.geom) as geometry
from api.camera_state s
join api.site site using (site_id)
join api.agency a using (agency_id)
where s.status = 'active'
order by s.state_id, lower(s.valid_during);

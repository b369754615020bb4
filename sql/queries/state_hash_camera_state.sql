-- For the hash of the state. States by the camera's key and the period.
select c.camera_key, s.valid_during, a.name_ko as agency, s.purpose_code, s.kind, s.status, s.heading_deg, s.tilt_deg,
    s.height_m, s.focal_mm, s.hfov_deg, s.sensor_w_mm, s.sensor_h_mm, s.image_w_px, s.image_h_px, s.pixels, s.ir_range_m,
    s.model, s.view_text, s.retention_days, s.audio, s.aim_source, s.surveyed_on
from core.camera_state s join core.camera c using (camera_id) join core.agency a using (agency_id)

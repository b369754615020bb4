-- Copies of every state of every camera.
insert into core.camera_state (state_id, camera_id, valid_during, agency_id, purpose_code, kind, status, heading_deg,
    tilt_deg, height_m, focal_mm, hfov_deg, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px, pixels, ir_range_m, model,
    view_text, retention_days, audio, aim_source, surveyed_on, batch_id, row_hash)
overriding system value
select state_id + n * 1000000, camera_id + n * 1000000, valid_during, agency_id, purpose_code, kind, status,
    heading_deg, tilt_deg, height_m, focal_mm, hfov_deg, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px, pixels,
    ir_range_m, model, view_text, retention_days, audio, aim_source, surveyed_on, batch_id, row_hash
from core.camera_state, generate_series(:first, :copies) n
where state_id < 1000000;

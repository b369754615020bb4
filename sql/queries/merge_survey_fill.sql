-- Write what the survey found; what it does not say stays. The registry's hash stays too: it said nothing new.
update core.camera_state t set
    heading_deg = coalesce(s.heading_deg, t.heading_deg), tilt_deg = coalesce(s.tilt_deg, t.tilt_deg),
    focal_mm = coalesce(s.focal_mm, t.focal_mm), hfov_deg = coalesce(s.hfov_deg, t.hfov_deg),
    sensor_w_mm = coalesce(s.sensor_w_mm, t.sensor_w_mm), sensor_h_mm = coalesce(s.sensor_h_mm, t.sensor_h_mm),
    image_w_px = coalesce(s.image_w_px, t.image_w_px), image_h_px = coalesce(s.image_h_px, t.image_h_px),
    height_m = coalesce(s.height_m, t.height_m), kind = coalesce(s.kind, t.kind),
    model = coalesce(s.model, t.model), ir_range_m = coalesce(s.ir_range_m, t.ir_range_m),
    aim_source = 'survey', surveyed_on = s.surveyed_on
from deeds d join stage_survey s using (row_no)
where t.state_id = d.target_id and d.deed in ('fill', 'change')

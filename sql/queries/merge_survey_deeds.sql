-- What is to be done with each surveyed camera: same, fill (unknowns only, in place) or change (it contradicts).
create temporary table deeds on commit drop as
select s.row_no, c.camera_id, t.state_id, t.state_id as target_id,
    case
        when t.aim_source = 'survey' and t.surveyed_on is not distinct from s.surveyed_on
            and coalesce(s.heading_deg = t.heading_deg, s.heading_deg is null)
            and coalesce(s.tilt_deg = t.tilt_deg, s.tilt_deg is null)
            and coalesce(s.focal_mm = t.focal_mm, s.focal_mm is null)
            and coalesce(s.hfov_deg = t.hfov_deg, s.hfov_deg is null)
            and coalesce(s.sensor_w_mm = t.sensor_w_mm, s.sensor_w_mm is null)
            and coalesce(s.sensor_h_mm = t.sensor_h_mm, s.sensor_h_mm is null)
            and coalesce(s.image_w_px = t.image_w_px, s.image_w_px is null)
            and coalesce(s.image_h_px = t.image_h_px, s.image_h_px is null)
            and coalesce(s.height_m = t.height_m, s.height_m is null)
            and coalesce(s.kind = t.kind, s.kind is null)
            and coalesce(s.model = t.model, s.model is null)
            and coalesce(s.ir_range_m = t.ir_range_m, s.ir_range_m is null) then 'same'
        when s.surveyed_on > lower(t.valid_during) and (
            s.heading_deg <> t.heading_deg or s.tilt_deg <> t.tilt_deg or s.focal_mm <> t.focal_mm
            or s.hfov_deg <> t.hfov_deg or s.sensor_w_mm <> t.sensor_w_mm or s.sensor_h_mm <> t.sensor_h_mm
            or s.height_m <> t.height_m or s.kind <> t.kind) then 'change'
        else 'fill'
    end as deed
from stage_survey s
join core.camera c using (camera_key)
join core.camera_state t on t.camera_id = c.camera_id and upper_inf(t.valid_during)

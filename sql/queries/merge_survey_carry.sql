-- Begin a new state on the day of the survey where it contradicts: first as the one before was.
with begun as (
    insert into core.camera_state (
        camera_id, valid_during, agency_id, purpose_code, kind, status, heading_deg, tilt_deg, height_m, focal_mm,
        hfov_deg, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px, pixels, ir_range_m, model, view_text,
        retention_days, aim_source, surveyed_on, batch_id, row_hash)
    select t.camera_id, daterange(upper(t.valid_during), null), t.agency_id, t.purpose_code, t.kind, t.status,
        t.heading_deg, t.tilt_deg, t.height_m, t.focal_mm, t.hfov_deg, t.sensor_w_mm, t.sensor_h_mm, t.image_w_px,
        t.image_h_px, t.pixels, t.ir_range_m, t.model, t.view_text, t.retention_days, t.aim_source, t.surveyed_on,
        t.batch_id, t.row_hash
    from deeds d join core.camera_state t using (state_id)
    where d.deed = 'change'
    returning camera_id, state_id
)
update deeds d set target_id = b.state_id from begun b where b.camera_id = d.camera_id

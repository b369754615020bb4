-- New states: of new cameras from their month of installation, of changed ones from the file's day. A camera that
-- stayed on its site takes along what a survey found of its lens and aim.
insert into core.camera_state (
    camera_id, valid_during, agency_id, purpose_code, kind, heading_deg, tilt_deg, height_m, focal_mm, hfov_deg,
    sensor_w_mm, sensor_h_mm, image_w_px, image_h_px, pixels, ir_range_m, model, view_text, retention_days,
    aim_source, surveyed_on, batch_id, row_hash)
select
    d.camera_id,
    daterange(case
        when d.deed = 'new' then coalesce(g.installed_on, b.reference_date)
        when d.deed = 'reopen' then greatest(b.reference_date, upper(k.valid_during))
        else greatest(b.reference_date, lower(k.valid_during) + 1)
    end, null),
    a.agency_id, g.purpose_code,
    coalesce(o.kind, g.kind), coalesce(o.heading_deg, g.heading_deg), coalesce(o.tilt_deg, g.tilt_deg),
    coalesce(o.height_m, g.height_m), o.focal_mm, coalesce(o.hfov_deg, g.hfov_deg), o.sensor_w_mm, o.sensor_h_mm,
    coalesce(o.image_w_px, g.image_w_px), coalesce(o.image_h_px, g.image_h_px), g.pixels, o.ir_range_m, o.model,
    g.view_text, g.retention_days, coalesce(o.aim_source, g.aim_source), o.surveyed_on, b.batch_id, g.row_hash
from deeds d
join stage_camera g using (camera_key)
join core.agency a on a.name_ko = g.agency
cross join stage_batch b
left join known k using (camera_key)
left join core.camera_state o
    on o.state_id = d.state_id and d.deed = 'change' and d.stayed and o.aim_source = 'survey'
where d.deed in ('new', 'change', 'reopen')

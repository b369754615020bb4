-- Correct states in place. What a survey found stays: the registry knows no better.
update core.camera_state s set
    agency_id = a.agency_id, purpose_code = g.purpose_code,
    kind = case when s.aim_source = 'survey' then coalesce(s.kind, g.kind) else coalesce(g.kind, s.kind) end,
    heading_deg = case when s.aim_source = 'survey' then s.heading_deg else g.heading_deg end,
    tilt_deg = case when s.aim_source = 'survey' then s.tilt_deg else g.tilt_deg end,
    height_m = coalesce(case when s.aim_source = 'survey' then s.height_m end, g.height_m),
    hfov_deg = coalesce(case when s.aim_source = 'survey' then s.hfov_deg end, g.hfov_deg),
    image_w_px = coalesce(case when s.aim_source = 'survey' then s.image_w_px end, g.image_w_px),
    image_h_px = coalesce(case when s.aim_source = 'survey' then s.image_h_px end, g.image_h_px),
    pixels = g.pixels, view_text = g.view_text, retention_days = g.retention_days,
    aim_source = case when s.aim_source = 'survey' then 'survey' else g.aim_source end,
    batch_id = b.batch_id, row_hash = g.row_hash
from deeds d
join stage_camera g using (camera_key)
join core.agency a on a.name_ko = g.agency
cross join stage_batch b
where s.state_id = d.state_id and d.deed = 'correct'

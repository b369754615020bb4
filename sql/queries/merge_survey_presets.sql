-- Write the presets that the survey found; a camera whose presets changed counts as updated.
with found as (
    select d.row_no, d.camera_id, p.*
    from deeds d
    join stage_survey s using (row_no)
    cross join lateral jsonb_to_recordset(s.presets::jsonb)
        as p(preset_no int, heading_deg real, tilt_deg real, hfov_deg real, dwell_s real, home boolean)
), gone as (
    delete from core.preset old using deeds d
    where old.camera_id = d.camera_id
        and exists (select from found f where f.camera_id = d.camera_id)
        and not exists (select from found f where f.camera_id = d.camera_id and f.preset_no = old.preset_no)
    returning old.camera_id
), written as (
    insert into core.preset as old (camera_id, preset_no, heading_deg, tilt_deg, hfov_deg, dwell_s, home, batch_id)
    select f.camera_id, f.preset_no, f.heading_deg, f.tilt_deg, f.hfov_deg, f.dwell_s, f.home, b.batch_id
    from found f cross join stage_batch b
    on conflict (camera_id, preset_no) do update set
        heading_deg = excluded.heading_deg, tilt_deg = excluded.tilt_deg, hfov_deg = excluded.hfov_deg,
        dwell_s = excluded.dwell_s, home = excluded.home, batch_id = excluded.batch_id
    where (old.heading_deg, old.tilt_deg, old.hfov_deg, old.dwell_s, old.home) is distinct from
        (excluded.heading_deg, excluded.tilt_deg, excluded.hfov_deg, excluded.dwell_s, excluded.home)
    returning old.camera_id
)
update deeds d set deed = 'fill'
where d.deed = 'same' and d.camera_id in (select camera_id from gone union all select camera_id from written)

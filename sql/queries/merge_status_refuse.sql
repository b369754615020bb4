-- Take outages out of the stage that overlap another one. The rows bear the reason.
with judged as (
    select s.row_no
    from stage_status s join core.camera c using (camera_key)
    where not s.up and (exists (
        select from core.camera_status o
        where o.camera_id = c.camera_id and lower(o.down_during) <> s.since and o.down_during && tstzrange(s.since, s.until)
    ) or exists (
        select from stage_status e
        where e.camera_key = s.camera_key and not e.up and e.row_no < s.row_no
            and tstzrange(e.since, e.until) && tstzrange(s.since, s.until)))
), gone as (
    delete from stage_status s using judged j where j.row_no = s.row_no
)
update stage_row r set reason = 'OVERLAPPING_OUTAGE' from judged j where r.row_no = j.row_no

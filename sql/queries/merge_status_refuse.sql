-- Take out of the stage: cameras that nobody knows, and outages that overlap another one. The rows bear the reason.
with judged as (
    select s.row_no, case
        when c.camera_id is null then 'UNKNOWN_CAMERA'
        when not s.up and exists (
            select from core.camera_status o
            where o.camera_id = c.camera_id and lower(o.down_during) <> s.since
                and o.down_during && tstzrange(s.since, s.until)) then 'OVERLAPPING_OUTAGE'
        when not s.up and exists (
            select from stage_status e
            where e.camera_key = s.camera_key and not e.up and e.row_no < s.row_no
                and tstzrange(e.since, e.until) && tstzrange(s.since, s.until)) then 'OVERLAPPING_OUTAGE'
    end as reason
    from stage_status s left join core.camera c using (camera_key)
), gone as (
    delete from stage_status s using judged j where j.row_no = s.row_no and j.reason is not null returning s.row_no
)
update stage_row r set reason = j.reason
from judged j
where r.row_no = j.row_no and j.row_no in (select row_no from gone)

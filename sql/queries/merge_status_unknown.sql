-- Take out of the stage: cameras that nobody knows, and outages that are still to come (clocks may differ by ten minutes).
-- The rows bear the reason.
with judged as (
    select s.row_no, case
        when c.camera_id is null then 'UNKNOWN_CAMERA'
        when s.since > clock_timestamp() + interval '10 minutes' then 'FUTURE_TIME'
    end as reason
    from stage_status s left join core.camera c using (camera_key)
), gone as (
    delete from stage_status s using judged j where j.row_no = s.row_no and j.reason is not null
)
update stage_row r set reason = j.reason from judged j where r.row_no = j.row_no and j.reason is not null

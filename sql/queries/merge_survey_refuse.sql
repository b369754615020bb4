-- Take out of the stage what may not be merged: cameras that nobody knows or that ended, and surveys older than the
-- one loaded. The rows bear the reason.
with judged as (
    select s.row_no, case
        when t.state_id is null then 'UNKNOWN_CAMERA'
        when t.surveyed_on > s.surveyed_on then 'OLDER_THAN_LOADED'
    end as reason
    from stage_survey s
    left join core.camera c using (camera_key)
    left join core.camera_state t on t.camera_id = c.camera_id and upper_inf(t.valid_during)
), gone as (
    delete from stage_survey s using judged j where j.row_no = s.row_no and j.reason is not null returning s.row_no
)
update stage_row r set reason = j.reason
from judged j
where r.row_no = j.row_no and j.row_no in (select row_no from gone)

-- End the outages that last by the first 'up' after their beginning; the rows that did so are marked.
with last as (
    select distinct on (o.status_id) o.status_id, s.row_no, s.since, s.reason
    from core.camera_status o
    join core.camera c using (camera_id)
    join stage_status s using (camera_key)
    where s.up and upper_inf(o.down_during) and lower(o.down_during) < s.since
    order by o.status_id, s.since, s.row_no
), changed as (
    update core.camera_status o
    set down_during = tstzrange(lower(o.down_during), l.since), reason = coalesce(l.reason, o.reason), batch_id = b.batch_id
    from last l cross join stage_batch b
    where o.status_id = l.status_id
)
update stage_status s set ended = true from last l where l.row_no = s.row_no

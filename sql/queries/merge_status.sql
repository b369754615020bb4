-- Write outages by camera and beginning; 'up' ends the one that lasts. Gives rows inserted, updated, unchanged, 0.
with fresh as (
    insert into core.camera_status (camera_id, down_during, reason, batch_id)
    select c.camera_id, tstzrange(s.since, s.until), s.reason, b.batch_id
    from stage_status s join core.camera c using (camera_key) cross join stage_batch b
    where not s.up and not exists (
        select from core.camera_status o where o.camera_id = c.camera_id and lower(o.down_during) = s.since)
    returning camera_id
), changed as (
    update core.camera_status o
    set down_during = tstzrange(lower(o.down_during), case when s.up then s.since else s.until end),
        reason = coalesce(s.reason, o.reason), batch_id = b.batch_id
    from stage_status s join core.camera c using (camera_key) cross join stage_batch b
    where o.camera_id = c.camera_id and case
        when s.up then upper_inf(o.down_during) and lower(o.down_during) < s.since
        else lower(o.down_during) = s.since and (upper(o.down_during), o.reason)
            is distinct from (s.until, coalesce(s.reason, o.reason))
    end
    returning s.row_no
)
select (select count(*) from fresh), (select count(distinct row_no) from changed),
    (select count(*) from stage_status) - (select count(*) from fresh) - (select count(distinct row_no) from changed), 0

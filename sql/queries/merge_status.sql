-- Write outages by camera and beginning, after those that last were ended. Gives rows inserted, updated, unchanged, 0.
with fresh as (
    insert into core.camera_status (camera_id, down_during, reason, batch_id)
    select c.camera_id, tstzrange(s.since, s.until), s.reason, b.batch_id
    from stage_status s join core.camera c using (camera_key) cross join stage_batch b
    where not s.up and not exists (
        select from core.camera_status o where o.camera_id = c.camera_id and lower(o.down_during) = s.since)
    returning camera_id
), changed as (
    update core.camera_status o
    set down_during = tstzrange(lower(o.down_during), coalesce(s.until, upper(o.down_during))),
        reason = coalesce(s.reason, o.reason), batch_id = b.batch_id
    from stage_status s join core.camera c using (camera_key) cross join stage_batch b
    where o.camera_id = c.camera_id and not s.up and lower(o.down_during) = s.since
        and (upper(o.down_during), o.reason)
            is distinct from (coalesce(s.until, upper(o.down_during)), coalesce(s.reason, o.reason))
    returning s.row_no
), written as (
    select (select count(*) from fresh) as fresh,
        (select count(distinct row_no) from changed) + (select count(*) from stage_status where ended) as changed
)
select fresh, changed, (select count(*) from stage_status) - fresh - changed, 0 from written

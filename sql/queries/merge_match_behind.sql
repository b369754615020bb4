-- Say which cameras stand behind another record, and when: in each group of joined records the first counts on the days
-- on which it has cameras, else the next. First stands a registry before a map of volunteers, then what was surveyed,
-- then the most cameras, then what is known longest. Rows that stay the same are not written. Gives rows written, dropped.
with rank as (
    select g.group_key, g.record_key, row_number() over (
            partition by g.group_key
            order by g.record_key like 'osm-%', max(known.surveyed) desc, count(*) desc, min(known.day), g.record_key
        ) as place,
        range_agg(known.days) as days
    from stage_group g
    join core.camera c using (record_key)
    cross join lateral (
        select count(s.surveyed_on) as surveyed, min(lower(s.valid_during)) as day, range_agg(s.valid_during) as days
        from core.camera_state s where s.camera_id = c.camera_id
    ) known
    group by g.group_key, g.record_key
), behind as (
    select c.camera_id, (array_agg(front.record_key order by front.place))[1] as front_key,
        range_agg(front.days) * range_agg(own.days) as during
    from rank own
    join rank front on front.group_key = own.group_key and front.place < own.place
    join core.camera c on c.record_key = own.record_key
    group by c.camera_id
), stands as (
    select * from behind where not isempty(during)
), gone as (
    delete from core.camera_behind b
    where not exists (select from stands s where s.camera_id = b.camera_id)
    returning camera_id
), written as (
    insert into core.camera_behind as old (camera_id, front_key, during)
    select camera_id, front_key, during from stands
    on conflict (camera_id) do update set front_key = excluded.front_key, during = excluded.during
    where (old.front_key, old.during) is distinct from (excluded.front_key, excluded.during)
    returning camera_id
)
select (select count(*) from written), (select count(*) from gone)

-- Of the rows that were taken, how many have a road and a lot address that no building can have both: every loaded
-- entrance of the lot's number lies further from the road address than {apart_m} metres.
with told as (
    select
        substring(r.content ->> 'address_road' from '([^ ]*[로길] +[0-9]+(?:-[0-9]+)?)(?![0-9])') as road,
        substring(r.content ->> 'address_lot' from '[동가리] +([0-9]+(?:-[0-9]+)?)(?![0-9])') as lot
    from stage_row s
    join raw.source_row r on r.batch_id = (select batch_id from stage_batch) and r.row_no = s.row_no
    where s.reason is null
), pairs as (
    select regexp_replace(road, ' +', ' ') as road, lot, count(*) as n from told
    where road is not null and lot is not null group by 1, 2
), nearest as (
    select p.road, p.lot, p.n, min(st_distance(a.geom, b.geom)) as distance_m
    from pairs p
    join core.address a on a.address_road = p.road
    join core.address b on b.address_lot = p.lot
    group by p.road, p.lot, p.n
)
select coalesce(sum(n), 0)::bigint from nearest where distance_m > {apart_m}

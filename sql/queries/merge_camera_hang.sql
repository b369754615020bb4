-- Which staged points hang on a site that lies elsewhere: the same pole, written a little off by another hand. That is so
-- where an address is the same and the points lie within the district's tolerance (matching.site_m, metres). A site that
-- is known already keeps its key and place; among new points the least key is the site, so that the order of the file
-- does not matter. A point that others could hang on hangs on none of them: a pole does not grow link by link.
create temporary table hung on commit drop as
with rule as (
    select (settings -> 'matching' ->> 'site_m')::double precision as site_m from meta.district
), spot as materialized (
    select s.site_key, min(st_x(s.geom)) as x, min(st_y(s.geom)) as y,
        array_remove(array_agg(distinct core.address_key(s.address_road)), null) as roads,
        array_remove(array_agg(distinct core.address_key(s.address_lot)), null) as lots
    from stage_camera s
    where not s.retired and not exists (select from core.site k where k.site_key = s.site_key)
    group by s.site_key
), known as (
    select distinct on (spot.site_key) spot.site_key, k.site_key as at_key
    from spot
    cross join rule
    join core.site k on st_dwithin(k.geom, st_setsrid(st_makepoint(spot.x, spot.y), {srid}), rule.site_m)
    where core.address_key(k.address_road) = any(spot.roads) or core.address_key(k.address_lot) = any(spot.lots)
    order by spot.site_key, st_distance(k.geom, st_setsrid(st_makepoint(spot.x, spot.y), {srid})), k.site_key
), cell as materialized (
    -- by address and by squares of the plane: nobody is compared with a whole city that shares one address
    select f.site_key, f.x, f.y, address, floor(f.x / side.m)::bigint as i, floor(f.y / side.m)::bigint as j
    from spot f
    cross join (select greatest(site_m, 1.0) as m from rule) side
    cross join lateral (
        select 'r' || address as address from unnest(f.roads) address
        union all
        select 'l' || address from unnest(f.lots) address
    ) named
    where not exists (select from known where known.site_key = f.site_key)
), near as materialized (
    select distinct a.site_key, b.site_key as other, (a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 as apart
    from (
        select cell.*, cell.i + di as to_i, cell.j + dj as to_j
        from cell, generate_series(-1, 1) di, generate_series(-1, 1) dj
    ) a
    join cell b on b.address = a.address and b.i = a.to_i and b.j = a.to_j and b.site_key <> a.site_key
    cross join rule
    where (a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 <= rule.site_m ^ 2
), less as (
    select distinct site_key from near where other < site_key
)
select site_key, at_key from known
union all
select distinct_key.site_key, distinct_key.other
from (
    select distinct on (n.site_key) n.site_key, n.other
    from near n
    where n.site_key in (select site_key from less) and n.other not in (select site_key from less)
    order by n.site_key, n.apart, n.other
) distinct_key

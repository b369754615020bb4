-- What else is known of some places (sources, ids, xs and ys pair up; metres of the district CRS, :srid): the road and lot
-- address of the entrance, the name of its building, the dong it lies in and how large that is; of a bell, a pole or a
-- facility its number where it has one and the nearest road address within 50 m.
select asked.n, entrance.road, entrance.lot, house.name as building, dong.name_ko as dong, dong.name_en as dong_en,
    dong.area_m2, bell.bell_key as key, beside.address_road as near
from unnest(cast(:sources as text[]), cast(:ids as bigint[]), cast(:xs as float8[]), cast(:ys as float8[]))
    with ordinality asked (source, id, x_m, y_m, n)
left join lateral (
    -- Each way by its own index.
    select a.building_key, a.address_road as road, a.address_lot as lot
    from api.address a where asked.source = 'address' and a.address_id = asked.id
    union all
    (select a.building_key, a.address_road, a.address_lot
     from api.building b join api.address a using (building_key)
     where asked.source = 'building' and b.building_id = asked.id
     order by a.address_id limit 1)
) entrance on true
left join lateral (
    select b.name from api.building b where b.building_key = entrance.building_key limit 1
) house on asked.source = 'address'
left join lateral (
    select b.name_ko, b.name_en, b.area_m2 from api.boundary b
    where b.level = 'dong' and st_covers(b.geom, st_setsrid(st_makepoint(asked.x_m, asked.y_m), :srid))
    order by b.boundary_id limit 1
) dong on true
left join lateral (
    select b.bell_key from api.bell b where asked.source = 'bell' and b.bell_id = asked.id
) bell on true
left join lateral (
    select a.address_road from api.address a
    where asked.source in ('bell', 'site', 'layer_feature') and a.address_road is not null
        and st_dwithin(a.geom, st_setsrid(st_makepoint(asked.x_m, asked.y_m), :srid), 50)
    order by a.geom <-> st_setsrid(st_makepoint(asked.x_m, asked.y_m), :srid), a.address_id limit 1
) beside on true
order by asked.n;

-- Points east and north of a place (metres), and the working cameras that certainly see each at a class, as at a day: a row
-- a pair, one without camera for a point that none sees.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
), node as materialized (
    select n, st_translate(place.geom, east_m, north_m) as geom
    from place
    cross join unnest(cast(:east_m as double precision[]), cast(:north_m as double precision[]))
        with ordinality as off (east_m, north_m, n)
), held as materialized (
    select node.n, f.state_id
    from node
    join api.field_of_view f on st_covers(f.geom, node.geom)
    -- Concatenated, so that the planner does not ask the index of the key for a sixth of all views, too.
    where f.density_class || '' = :density_class and f.sight = 'certain' and f.counts
), seen as materialized (
    select held.n, c.*
    from held
    -- A limit keeps the planner from reading every camera of the city for the few that hold a point.
    cross join lateral (
        select * from api.camera_at(cast(:at as date)) each where each.state_id = held.state_id limit 1
    ) c
    where c.status = 'working'
)
select node.n::int as n, st_x(spot.geom) as node_lon, st_y(spot.geom) as node_lat, seen.camera_id, seen.camera_key,
    seen.site_id, s.name as site_name, s.address_road, s.address_lot, seen.agency, seen.agency_en, seen.purpose_code,
    seen.purpose_ko, seen.purpose_en, seen.legal_ground, seen.further_purposes, seen.kind,
    st_distance(seen.geom, place.geom) as distance_m, degrees(st_azimuth(seen.geom, place.geom)) as turn_to_deg,
    seen.heading_deg, seen.status, st_x(st_transform(seen.geom, 4326)) as lon, st_y(st_transform(seen.geom, 4326)) as lat
from node
cross join place
cross join lateral (select st_transform(node.geom, 4326) as geom) spot
left join seen using (n)
left join api.site s on s.site_id = seen.site_id
order by node.n, distance_m, seen.camera_id;

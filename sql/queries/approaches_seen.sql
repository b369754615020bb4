-- Points east and north of a place (metres), and the cameras working at a moment that certainly see each at a class, as at a
-- day: a row a pair, the camera nearest to the place first; one without camera for a point that none sees.
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
    -- Point by point, so that the index of the views is asked, and concatenated, so that the index of the key is not.
    cross join lateral (
        select each.state_id from api.field_of_view each
        where st_covers(each.geom, node.geom) and each.density_class || '' = :density_class
            and each.sight || '' = 'certain' and each.counts
        offset 0
    ) f
), seen as materialized (
    select held.n, s.camera_id, st_distance(site.geom, place.geom) as distance_m
    from held
    join api.camera_state s using (state_id)
    join api.site using (site_id)
    cross join place
    where s.status = 'active' and s.valid_during @> cast(:at as date)
        and not exists (
            select from api.camera_status o
            where o.camera_id = s.camera_id and o.down_during @> cast(:moment as timestamptz)
        )
)
select node.n::int as n, st_x(spot.geom) as node_lon, st_y(spot.geom) as node_lat, seen.camera_id
from node
cross join lateral (select st_transform(node.geom, 4326) as geom) spot
left join seen using (n)
order by node.n, seen.distance_m, seen.camera_id;

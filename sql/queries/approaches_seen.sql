-- Points east and north of a place (metres), and the cameras in whose certain view each lies at a class, as at a day: a row a
-- pair, one without camera for a point that lies in none. Whether a camera counts and works is for the next question, for
-- most points lie in no view: this one is planned in a third of the time.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
), node as materialized (
    select n, st_translate(place.geom, east_m, north_m) as geom
    from place
    cross join unnest(cast(:east_m as double precision[]), cast(:north_m as double precision[]))
        with ordinality as off (east_m, north_m, n)
)
select node.n::int as n, st_x(spot.geom) as node_lon, st_y(spot.geom) as node_lat, f.camera_id
from node
cross join lateral (select st_transform(node.geom, 4326) as geom) spot
-- Point by point, so that the index of the views is asked, and concatenated, so that the index of the key is not. The day is
-- asked of what was found: while little is known of the states the planner would begin with them.
left join lateral (
    select held.camera_id
    from (
        select each.camera_id, each.valid_during from api.field_of_view each
        where st_covers(each.geom, node.geom) and not st_isempty(each.geom) and each.density_class || '' = :density_class
            and each.sight || '' = 'certain' and each.counts
        offset 0
    ) held
    where held.valid_during @> cast(:at as date)
) f on true
order by node.n, f.camera_id;

-- Since when each of some cameras is out of order at a moment, why where that is known, and, of those that a view is
-- missed of (:missed), the working camera whose view at a class overlaps most with it, as at a day: what is certainly seen
-- goes before what may be. A row a camera; its place in the answer is the other's.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
), down as materialized (
    select o.camera_id, lower(o.down_during) as since, o.reason
    from unnest(cast(:cameras as bigint[])) wanted (camera_id)
    join api.camera_status o using (camera_id)
    where o.down_during @> cast(:moment as timestamptz)
), view as materialized (
    select distinct on (f.camera_id) f.camera_id, f.state_id, f.geom, f.area_m2
    from api.field_of_view f
    where f.camera_id = any(cast(:missed as bigint[])) and f.density_class = :density_class and f.area_m2 > 0
        and f.valid_during @> cast(:at as date)
    order by f.camera_id, (f.sight = 'certain') desc, f.counts desc
)
select down.camera_id as down_id, down.since, down.reason, best.overlap_share, best.sight as overlap_sight, c.camera_id,
    c.camera_key, c.site_id, s.name as site_name, s.address_road, s.address_lot, c.agency, c.agency_en, c.purpose_code,
    c.purpose_ko, c.purpose_en, c.legal_ground, c.further_purposes, c.kind,
    st_distance(c.geom, place.geom) as distance_m, degrees(st_azimuth(c.geom, place.geom)) as turn_to_deg,
    c.heading_deg, c.status, st_x(st_transform(c.geom, 4326)) as lon, st_y(st_transform(c.geom, 4326)) as lat
from down
cross join place
left join view using (camera_id)
left join lateral (
    select f.state_id, f.sight, least(1.0, st_area(st_intersection(f.geom, view.geom)) / view.area_m2) as overlap_share
    from api.field_of_view f
    where f.geom && view.geom and f.density_class || '' = :density_class and f.counts and f.state_id <> view.state_id
        and f.valid_during @> cast(:at as date) and f.status = 'active' and st_intersects(f.geom, view.geom)
        and not exists (
            select from api.camera_status o
            where o.camera_id = f.camera_id and o.down_during @> cast(:moment as timestamptz)
        )
    order by (f.sight = 'certain') desc, overlap_share desc, f.state_id
    limit 1
) best on best.overlap_share > 0
left join lateral (
    select * from api.camera_at(cast(:at as date)) each where each.state_id = best.state_id limit 1
) c on true
left join api.site s on s.site_id = c.site_id
order by down.camera_id;

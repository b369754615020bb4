-- Some cameras, as at a day, and how they lie to a place: distance, and the heading to it.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
)
select c.camera_id, c.camera_key, c.site_id, s.name as site_name, s.address_road, s.address_lot, c.agency, c.agency_en,
    c.purpose_code, c.purpose_ko, c.purpose_en, c.legal_ground, c.further_purposes, c.kind,
    st_distance(c.geom, place.geom) as distance_m, degrees(st_azimuth(c.geom, place.geom)) as turn_to_deg,
    c.heading_deg, c.status, st_x(st_transform(c.geom, 4326)) as lon, st_y(st_transform(c.geom, 4326)) as lat
from place
cross join unnest(cast(:cameras as bigint[])) wanted (camera_id)
-- A limit keeps the planner from reading every camera of the city for a few.
cross join lateral (
    select * from api.camera_at(cast(:at as date)) each where each.camera_id = wanted.camera_id limit 1
) c
join api.site s on s.site_id = c.site_id
order by distance_m, c.camera_id;

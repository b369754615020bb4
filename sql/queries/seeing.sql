-- The cameras that see a place at a class, or may, as at a day: the certain first.
select found.camera_id, found.camera_key, found.site_id, s.name as site_name, s.address_road, s.address_lot,
    found.agency, a.name_en as agency_en, found.purpose_code, found.purpose_ko, found.purpose_en, found.legal_ground,
    found.further_purposes, found.kind, found.sight, found.counts, found.p_sees, found.distance_m, found.turn_to_deg,
    found.heading_deg, found.density_px_per_m, found.reaches_class, found.basis, found.status,
    found.use_allowed, found.use_ground,
    st_x(st_transform(found.geom, 4326)) as lon, st_y(st_transform(found.geom, 4326)) as lat
-- Numbered here: with ordinality the planner would not let the function into the query.
from (select seen.*, row_number() over () as ordinality from api.cameras_seeing(st_setsrid(st_makepoint(:lon, :lat), 4326), :density_class, :at, :incident_class) seen) found
left join api.site s on s.site_id = found.site_id
left join api.agency a on a.name_ko = found.agency
order by found.ordinality;

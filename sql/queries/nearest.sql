-- The k active cameras nearest to a place as at a day, whether they see it or not.
select found.camera_id, found.camera_key, found.site_id, s.name as site_name, s.address_road, s.address_lot,
    found.agency, a.name_en as agency_en, found.purpose_code, found.purpose_ko, found.purpose_en, found.legal_ground,
    found.further_purposes, found.kind, found.distance_m, found.turn_to_deg, found.heading_deg, found.status, found.use_allowed, found.use_ground,
    st_x(st_transform(found.geom, 4326)) as lon, st_y(st_transform(found.geom, 4326)) as lat
-- Numbered here: with ordinality the planner would not let the function into the query.
from (select near.*, row_number() over () as ordinality from api.nearest_cameras(st_setsrid(st_makepoint(:lon, :lat), 4326), :k, :at, :incident_class) near) found
left join api.site s on s.site_id = found.site_id
left join api.agency a on a.name_ko = found.agency
order by found.ordinality;

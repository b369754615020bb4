-- States of cameras that could have recorded a place (:lon, :lat, :radius_m) from :since to :until, for an open case (:case_no);
-- leaves a row in the access log. What stands on its pole and who owns it as of that state; NULL is unknown.
select r.state_id, r.camera_id, s.camera_key, s.site_id, site.name as site_name, site.address_road, site.address_lot,
    a.name_ko as agency, a.name_en as agency_en, s.purpose_code as purpose, s.kind, s.heading_deg, s.height_m, s.ir_range_m,
    r.retention_days, lower(r.in_force) as in_force_from, upper(r.in_force) as in_force_until, r.down,
    st_x(r.geom) as east_m, st_y(r.geom) as north_m,
    st_x(st_transform(r.geom, 4326)) as lon, st_y(st_transform(r.geom, 4326)) as lat
from api.could_have_recorded(:case_no, st_setsrid(st_makepoint(:lon, :lat), 4326), :radius_m, :since, :until, :who) r
cross join lateral (select * from api.camera_state each where each.state_id = r.state_id limit 1) s
left join api.site site on site.site_id = s.site_id
left join api.agency a on a.agency_id = s.agency_id
order by r.camera_id, lower(r.in_force);

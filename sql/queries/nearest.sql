-- The k active cameras nearest to a place as at a day, whether they see it or not.
select camera_id, camera_key, site_id, agency, purpose_code, purpose_ko, purpose_en, legal_ground,
    further_purposes, kind,
    distance_m, turn_to_deg, heading_deg, status,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.nearest_cameras(st_setsrid(st_makepoint(:lon, :lat), 4326), :k, :at);

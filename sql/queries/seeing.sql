-- The cameras that see a place at a class, or may, as at a day: the certain first.
select camera_id, camera_key, site_id, agency, purpose_code, purpose_ko, purpose_en, legal_ground,
    further_purposes, kind,
    sight, counts, p_sees, distance_m, turn_to_deg, heading_deg, density_px_per_m, reaches_class, basis, status,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.cameras_seeing(st_setsrid(st_makepoint(:lon, :lat), 4326), :density_class, :at);

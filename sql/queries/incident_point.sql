-- The incident of a key (:key) with its point as it is, read for a purpose (:purpose) as a role (:as_role); leaves a row in
-- the access log that says so. Refused for a role that may not.
select incident_key, occurred_at, class_code, class_name, urgency, closing_code, null::real as place_m,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.read_incident_points('-infinity', 'infinity', :purpose, :as_role, :key);

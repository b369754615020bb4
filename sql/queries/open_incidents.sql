-- The open incidents, or of these the one of a key (:key), read for a purpose (:purpose) as a role (:as_role) by someone
-- (:who); leaves a row in the access log. The most urgent first, of equals the latest. lon, lat: NULL without a place.
select incident_key, occurred_at, class_code, class_name, urgency, origin, bell_key, placed_by,
    place_confidence::double precision as place_confidence,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.read_open_incidents(:purpose, :as_role, :who, :key) with ordinality as i (
    incident_id, incident_key, occurred_at, class_code, class_name, urgency, origin, bell_key, placed_by, place_confidence,
    geom, place_in_order)
order by place_in_order;

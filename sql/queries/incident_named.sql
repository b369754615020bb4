-- The incident of a key (:key), read for a purpose (:purpose); leaves a row in the access log. None without a place.
-- place_m: the point is the middle of a cell of so many metres, for the class is a sensitive one.
select incident_key, occurred_at, class_code, class_name, urgency, closing_code, place_m,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.read_incidents('-infinity', 'infinity', :purpose, :key);

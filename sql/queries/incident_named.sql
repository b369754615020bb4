-- The incident of a key (:key), read for a purpose (:purpose); leaves a row in the access log. None without a place.
select incident_key, occurred_at, class_code, class_name, urgency, closing_code,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.read_incidents('-infinity', 'infinity', :purpose, :key);

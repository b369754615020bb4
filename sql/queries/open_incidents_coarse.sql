-- The open incidents since a moment (:since) as whoever may not see very points reads them for a purpose (:purpose): of
-- sensitive classes the middle of a cell of place_m metres. Leaves a row in the access log. lon, lat: NULL without a place.
select incident_key, occurred_at, class_code, class_name, urgency, place_m::double precision as place_m,
    st_x(st_transform(geom, 4326)) as lon, st_y(st_transform(geom, 4326)) as lat
from api.read_incidents(:since, 'infinity', :purpose)
where closing_code is null and not exercise and not false_alarm and not repeat_call
order by urgency nulls last, occurred_at desc, incident_id desc;

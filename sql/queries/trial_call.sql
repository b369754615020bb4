-- Let a call come in now, as a measurement needs one: its key (:key), class, urgency and place.
insert into core.incident (incident_key, occurred_at, class_code, urgency, origin, geom)
values (:key, clock_timestamp(), '102', :urgency, '112',
    st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), (select d.srid from meta.district d)));

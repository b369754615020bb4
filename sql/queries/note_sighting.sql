-- Write whether a place is on a camera's picture.
insert into meta.sighting (who, late_s, camera_id, incident_key, place, density_class, told, seen)
values (coalesce(:who, session_user), :late_s, :camera_id, :incident_key,
    st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), :srid), :density_class, :told, :seen)
returning sighting_id, at;

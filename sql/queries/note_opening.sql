-- Write that a camera is opened, before it is; refused by the table where its purpose forbids it and no ground holds.
insert into meta.camera_opening (who, camera_id, incident_key, class_code, place)
values (coalesce(:who, session_user), :camera_id, :incident_key, :class_code,
    st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), :srid))
returning opening_id, at, use_allowed, ground_id;

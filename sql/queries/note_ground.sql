-- Write an emergency ground: of an incident where one is named, else of the place.
insert into meta.emergency_ground (minutes, ground, who, reason, incident_key, place, radius_m)
values (:minutes, :ground, :who, :reason, cast(:incident_key as text),
    case when cast(:incident_key as text) is null
        then st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), :srid) end,
    :radius_m)
returning ground_id, at, at + make_interval(mins => minutes) as until;

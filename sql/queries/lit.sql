-- Whether a place lies within a radius (metres) of a security lamp; NULL while no lamp is loaded.
with place as materialized (
    -- The literal is transformed once, so that the index serves.
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
)
select case when exists (select from api.lamp) then exists (
    select from place join api.lamp on st_dwithin(lamp.geom, place.geom, :radius_m)
) end;

-- The sections of street within a radius (metres) of a place, their points in metres east and north of it.
with place as materialized (
    -- The literal is transformed once, so that the index serves.
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
)
select a.name, a.kind,
    st_asgeojson(st_translate(a.geom, -st_x(place.geom), -st_y(place.geom)), 2, 0)::jsonb -> 'coordinates' as points
from place
join api.alley a on st_dwithin(a.geom, place.geom, :radius_m)
order by a.alley_id;

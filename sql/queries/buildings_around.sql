-- The :most buildings nearest to a place, the nearest first.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), cast(:srid as int)) as geom
)
select b.name, st_asgeojson(st_transform(b.geom, 4326), 7) as geometry
from api.building b, place
where st_dwithin(b.geom, place.geom, :radius_m)
order by b.geom <-> place.geom, b.building_id
limit :most;

-- The :most streets nearest to a place, the nearest first.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), cast(:srid as int)) as geom
)
select a.name, a.kind, st_asgeojson(st_transform(a.geom, 4326), 7) as geometry
from api.alley a, place
where st_dwithin(a.geom, place.geom, :radius_m)
order by a.geom <-> place.geom, a.alley_id
limit :most;

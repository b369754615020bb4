-- How a place is called: the road address of the nearest entrance within :entrance_m metres, and the nearest named street
-- within :street_m; NULL where there is none.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), cast(:srid as int)) as geom
)
select
    (select a.address_road from api.address a
     where a.address_road is not null and st_dwithin(a.geom, place.geom, :entrance_m)
     order by a.geom <-> place.geom, a.address_id limit 1) as address,
    (select s.name from api.alley s
     where s.name is not null and st_dwithin(s.geom, place.geom, :street_m)
     order by s.geom <-> place.geom, s.alley_id limit 1) as street
from place;

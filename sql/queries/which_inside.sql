-- Which of some places (lons and lats pair up, degrees, EPSG:4326) lie in the district: NULL while its outline is unknown.
select (
    select bool_or(st_covers(b.geom, st_transform(st_setsrid(st_makepoint(asked.lon, asked.lat), 4326), st_srid(b.geom))))
    from api.boundary b where b.level = 'district'
) as inside
from unnest(cast(:lons as float8[]), cast(:lats as float8[])) with ordinality asked (lon, lat, n)
order by asked.n;

-- Sections of street that touch a circle ($1 lon, $2 lat, $3 metres; $4 SRID), whole.
select a.alley_id, a.name, st_asbinary(a.geom) as geometry
from api.alley a
where st_intersects(a.geom,
    st_buffer(st_transform(st_setsrid(st_makepoint($1::float8, $2::float8), 4326), $4::int), $3::float8, 64))
order by a.alley_id;

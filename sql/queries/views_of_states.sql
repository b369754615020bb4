-- Fields of view of some states ($1, their numbers as an array in text) that touch a circle ($2 lon, $3 lat, $4 metres; $5 SRID).
select f.state_id, f.state_id as camera_id, f.density_class, f.sight, f.counts, f.near_m, f.far_m, f.slope, f.offset_m,
    f.variants, f.computed_from ->> 'basis' as basis, st_asbinary(f.geom) as geometry
from api.field_of_view f
where f.state_id = any($1::text::bigint[]) and st_intersects(f.geom,
    st_buffer(st_transform(st_setsrid(st_makepoint($2::float8, $3::float8), 4326), $5::int), $4::float8, 64))
order by f.state_id, f.density_class, f.sight, f.counts;

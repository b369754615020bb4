-- Buildings as they stood on a day ($1) that touch a circle ($2 lon, $3 lat, $4 metres; $5 SRID).
select b.building_id, b.sight_height_m as height_m, st_asbinary(b.geom) as geometry
from api.building_at($1::date) b
where st_intersects(b.geom,
    st_buffer(st_transform(st_setsrid(st_makepoint($2::float8, $3::float8), 4326), $5::int), $4::float8, 64))
order by b.building_id;

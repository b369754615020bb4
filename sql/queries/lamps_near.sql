-- Security lamps within some metres ($3) of a place ($1 lon, $2 lat; $4 SRID).
select l.lamp_id, st_asbinary(l.geom) as geometry
from api.lamp l
where st_dwithin(l.geom, st_transform(st_setsrid(st_makepoint($1::float8, $2::float8), 4326), $4::int), $3::float8)
order by l.lamp_id;

-- All streams, rivers and ponds.
select water_id, name, kind, st_asbinary(geom) as geometry from api.water order by water_id;

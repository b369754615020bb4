-- All security lamps.
select lamp_id, name, count, st_asbinary(geom) as geometry from api.lamp order by lamp_id;

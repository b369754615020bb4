-- Cameras that hung elsewhere on a day ($1) than they do now, and where.
select camera_id, site_id, st_asbinary(geom) as geometry from api.camera_hung_at($1::date) order by camera_id;

-- All buildings; height_m NULL is unknown.
select building_id, building_key, name, height_m, floors::double precision as floors, st_asbinary(geom) as geometry
from api.building
order by building_id;

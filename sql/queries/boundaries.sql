-- The areas of one level ($1): district or dong.
select boundary_id, level, code, name_ko, name_en, area_m2, st_asbinary(geom) as geometry
from api.boundary
where level = $1
order by code, boundary_id;

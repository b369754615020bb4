-- All sections of street; width_m, lit, oneway and level NULL are unknown.
select alley_id, alley_key, name, width_m, kind, lit, oneway, level, st_asbinary(geom) as geometry
from api.alley
order by alley_id;

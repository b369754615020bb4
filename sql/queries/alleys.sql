-- All sections of street; width_m and lit NULL are unknown.
select alley_id, alley_key, name, width_m, kind, lit, st_asbinary(geom) as geometry
from api.alley
order by alley_id;

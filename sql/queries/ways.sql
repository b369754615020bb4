-- All sections of street and the tunnels; width_m, lit, oneway and level NULL are unknown.
select alley_id, alley_key, name, width_m, kind, lit, oneway, level, tunnel, st_asbinary(geom) as geometry
from api.way
order by alley_id;

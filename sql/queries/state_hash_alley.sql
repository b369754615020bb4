-- For the hash of the state. Sections of streets by key.
select alley_key, name, width_m, kind, lit, oneway, level, tunnel, geom
from core.alley

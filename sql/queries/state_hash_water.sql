-- For the hash of the state. Water by key.
select water_key, name, kind, geom
from core.water

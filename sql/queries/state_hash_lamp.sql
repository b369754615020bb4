-- For the hash of the state. Lamps by key.
select lamp_key, name, count, geom
from core.lamp

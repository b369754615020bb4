-- For the hash of the state. Buildings by key.
select building_key, name, height_m, floors, floors_below, use_code, geom
from core.building

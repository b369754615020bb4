-- For the hash of the state. Zones by key.
select zone_key, kind, level, name_ko, name_en, valid_during, origin, geom
from core.zone

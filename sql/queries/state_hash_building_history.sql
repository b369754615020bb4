-- For the hash of the state. What buildings were before, by key; of several changes their order counts, not their numbers.
select building_key, name, height_m, floors, geom, until,
    row_number() over (partition by building_key order by history_id) as nth
from core.building_history

-- The zones in force at a day by kind and name.
select zone_id, zone_key, kind, name_ko, name_en
from api.zone_at(:at)
order by kind, name_ko, zone_key;

-- The zones in force at a day ($1).
select zone_id, zone_key, kind, level::double precision as level, coalesce(name_ko, name_en, zone_key) as name,
    name_ko, name_en, st_asbinary(geom) as geometry
from api.zone_at($1::date)
order by zone_id;

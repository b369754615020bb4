-- Buildings that changed since an instant ($1), as they were until then, and (standing) whether they stood; columns as in
-- the query `buildings`.
select distinct on (h.building_key) h.building_id, h.building_key, h.name,
    core.building_height_m(h.height_m, h.floors) as height_m, h.geom is not null as stood,
    st_asbinary(coalesce(h.geom, 'MULTIPOLYGON EMPTY'::geometry)) as geometry
from core.building_history h
where h.changed_at >= $1::timestamptz
order by h.building_key, h.history_id;

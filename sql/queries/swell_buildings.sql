-- Copies of every building.
insert into core.building (building_id, building_key, name, height_m, floors, floors_below, use_code, geom, batch_id,
    row_hash)
overriding system value
select building_id + n * 1000000, building_key || '~' || n, name, height_m, floors, floors_below, use_code,
    st_translate(geom, n % :wide * :step_m, n / :wide * :step_m), batch_id, row_hash
from core.building, generate_series(:first, :copies) n
where building_id < 1000000;

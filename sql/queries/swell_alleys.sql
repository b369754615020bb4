-- Copies of every section of street.
insert into core.alley (alley_id, alley_key, name, width_m, kind, lit, oneway, level, tunnel, geom, batch_id, row_hash)
overriding system value
select alley_id + n * 1000000, alley_key || '~' || n, name, width_m, kind, lit, oneway, level, tunnel,
    st_translate(geom, n % :wide * :step_m, n / :wide * :step_m), batch_id, row_hash
from core.alley, generate_series(:first, :copies) n
where alley_id < 1000000;

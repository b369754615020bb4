-- Copies of every pole, each city of copies a step east and north of the one before it (:wide to a row).
insert into core.site (site_id, site_key, name, address_road, address_lot, geom, batch_id, row_hash)
overriding system value
select site_id + n * 1000000, site_key || '~' || n, name, address_road, address_lot,
    st_translate(geom, n % :wide * :step_m, n / :wide * :step_m), batch_id, row_hash
from core.site, generate_series(:first, :copies) n
where site_id < 1000000;

-- Sites by coordinate: new ones in, and addresses that a registry corrects. Points that hang on another site are none.
insert into core.site as old (site_key, name, address_road, address_lot, geom, batch_id)
select distinct on (s.site_key)
    s.site_key, s.site_name, s.address_road, s.address_lot, s.geom, b.batch_id
from stage_camera s cross join stage_batch b
where not s.retired and not exists (select from hung where hung.site_key = s.site_key)
order by s.site_key, s.row_key, s.head_no
on conflict (site_key) do update set
    name = coalesce(excluded.name, old.name),
    address_road = coalesce(excluded.address_road, old.address_road),
    address_lot = coalesce(excluded.address_lot, old.address_lot),
    batch_id = excluded.batch_id
where (coalesce(excluded.name, old.name), coalesce(excluded.address_road, old.address_road),
       coalesce(excluded.address_lot, old.address_lot))
    is distinct from (old.name, old.address_road, old.address_lot)

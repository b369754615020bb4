-- Make the district's outline the extent of a map, when none is loaded. Gives a row when it was made.
insert into core.boundary (boundary_key, level, name_ko, name_en, geom, batch_id)
select 'district', 'district', coalesce(d.name_ko, '구역'), d.name_en,
    st_multi(st_setsrid(st_geomfromwkb(decode($1::text, 'hex')), $2::text::int)), b.batch_id
from stage_batch b left join meta.district d on true
on conflict do nothing
returning boundary_id

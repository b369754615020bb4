-- Make the district's outline the union of its dong.
insert into core.boundary as old (boundary_key, level, name_ko, name_en, geom, batch_id, row_hash)
select 'district', 'district', coalesce(d.name_ko, '구역'), d.name_en, u.geom, b.batch_id, sha256(st_asbinary(u.geom))
from (select st_multi(st_union(geom)) as geom from core.boundary where level = 'dong') u
cross join stage_batch b
left join meta.district d on true
on conflict (boundary_key) do update set
    name_ko = excluded.name_ko, name_en = excluded.name_en, geom = excluded.geom, batch_id = excluded.batch_id,
    row_hash = excluded.row_hash
where old.row_hash is distinct from excluded.row_hash

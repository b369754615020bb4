-- Keep what a full list names: the rows that were taken, the numbers of rows in quarantine, and of the earlier list
-- ($1, '' for none) the cameras' records that it no longer names and that could not be ended.
insert into meta.batch_list (batch_id, keys)
select b.batch_id, coalesce((
    select array_agg(key order by key collate "C") from (
        select coalesce(r.key, s.key) as key
        from stage_row s left join renumbered r using (row_no)
        where s.reason is null and not coalesce(s.ended, false) and s.key is not null
        union
        select own_key from stage_row where reason is not null and own_key <> '' and not coalesce(ended, false)
        union
        select k.key from meta.batch_list l, unnest(l.keys) k (key)
        where l.batch_id::text = $1::text and exists (
            select from core.camera m join core.camera_state t using (camera_id)
            where m.record_key = k.key and upper_inf(t.valid_during))
    ) n), '{}')
from stage_batch b
returning batch_id

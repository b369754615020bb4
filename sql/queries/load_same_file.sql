-- The last load of the same file that ended as this one does: the same rows left for the same reasons, read by the same
-- code. Then nothing of this one needs to be written.
select b.batch_id
from meta.batch b, jsonb_populate_record(null::meta.batch, $1::text::jsonb) f
where b.status = 'done' and b.batch_id <> f.batch_id and b.source = f.source and b.file_sha256 = f.file_sha256
    and (b.rows_in, b.quarantined, b.duplicates, b.outside, b.reasons, b.notes -> 'code')
        is not distinct from (f.rows_in, f.quarantined, f.duplicates, f.outside, f.reasons, f.notes -> 'code')
order by b.batch_id desc limit 1

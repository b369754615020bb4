-- The last load of this source, when it was of the same file and refused for the same reason: it is told once.
select l.batch_id
from jsonb_populate_record(null::meta.batch, $1::text::jsonb) f
cross join lateral (
    select * from meta.batch b where b.source = f.source order by b.batch_id desc limit 1
) l
where l.status = 'refused' and l.file_sha256 = f.file_sha256 and l.reasons = f.reasons and l.notes = f.notes

-- Loads that were done and are none of those given: they came since.
select b.batch_id, b.source, b.file_name, b.file_sha256, b.reference_date, b.finished_at
from api.batch b
where b.status = 'done' and b.batch_id <> all (cast(:loads as bigint[]))
order by b.batch_id;

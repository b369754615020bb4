-- All loads, the last first.
select batch_id, source, file_name, file_sha256, encoding, form, reference_date, rows_in, inserted, updated, unchanged,
    quarantined, duplicates, outside, retired, reasons, repaired, status, invented, started_at, finished_at, seconds
from api.batch
order by batch_id desc;

-- All loads, the last first. The day of a file that names none is the load's own: it is not shown as the file's. A part is a file
-- of mended rows, no list.
select batch_id, source, file_name, file_sha256, encoding, form,
    case when jsonb_exists(notes, 'undated') then null else reference_date end as reference_date, rows_in, inserted, updated, unchanged,
    quarantined, duplicates, outside, retired, reasons, repaired, notes, status, invented, started_at, finished_at, seconds,
    jsonb_exists(notes, 'part') as part
from api.batch
order by batch_id desc;

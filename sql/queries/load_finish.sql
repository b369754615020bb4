-- Write what became of a batch from a JSON object of its columns. A clock that was set back meanwhile ends no load before
-- it began.
update meta.batch b set
    rows_in = f.rows_in, inserted = f.inserted, updated = f.updated, unchanged = f.unchanged, quarantined = f.quarantined,
    duplicates = f.duplicates, outside = f.outside, retired = f.retired, reasons = f.reasons,
    repaired = f.repaired, notes = f.notes, status = f.status, finished_at = greatest(clock_timestamp(), b.started_at), seconds = f.seconds
from jsonb_populate_record(null::meta.batch, $1::text::jsonb) f
where b.batch_id = f.batch_id
returning b.batch_id

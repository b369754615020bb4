-- Loads that were done and brought a whole list, the last first, with the size of the list: batch_id, source, tables,
-- file_sha256, file_name, started_at, n (rows of this district), kept (its objects are). Mended files are parts and replays
-- are repetitions: no lists.
select b.batch_id, b.source, b.file_sha256, b.file_name, b.started_at, b.rows_in - b.outside as n,
    coalesce((select string_agg(name, ',' order by name) from jsonb_object_keys(b.notes -> 'replay' -> 'columns') as name), b.form) as tables,
    exists (select from api.batch_list l where l.batch_id = b.batch_id) as kept
from api.batch b
where b.status = 'done' and not jsonb_exists(b.notes, 'part') and not jsonb_exists(b.notes, 'replay_of') and b.source = any (:sources)
order by b.batch_id desc;

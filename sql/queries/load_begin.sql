-- Write the row of a new batch from a JSON object of its columns; give its number.
insert into meta.batch (source, file_name, file_sha256, encoding, form, reference_date, rows_in, invented, notes)
select b.source, b.file_name, b.file_sha256, b.encoding, b.form, b.reference_date, b.rows_in, b.invented, b.notes
from jsonb_populate_record(null::meta.batch, $1::text::jsonb) b
returning batch_id

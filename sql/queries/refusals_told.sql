-- Write of this batch's refusals their key, and the line of the file that each begins on, as far as the reader told.
update meta.refusal r
set row_key = core.raw_key(r.raw),
    line_no = (
        -- the line of some rows is noted: of those behind which rows and lines go on together
        select line::int + r.row_no - row_no::int from jsonb_each_text(b.notes -> 'lines') as noted (row_no, line)
        where row_no::int <= r.row_no order by row_no::int desc limit 1)
from meta.batch b join stage_batch s using (batch_id)
where r.batch_id = b.batch_id

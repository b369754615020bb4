-- Write of this batch's refusals their key, and the line of the file that each begins on, as far as the reader told.
update meta.refusal r
set row_key = core.raw_key(r.raw),
    line_no = (b.notes ->> 'header_line')::int + r.row_no + coalesce((
        -- a row with line breaks in its cells pushes all that follow it down
        select sum(tall.lines::int - 1) from jsonb_each_text(b.notes -> 'tall_rows') as tall (row_no, lines)
        where tall.row_no::int < r.row_no), 0)
from meta.batch b join stage_batch s using (batch_id)
where r.batch_id = b.batch_id

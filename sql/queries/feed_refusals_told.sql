-- Write of the rows that a feed's load refused just now (from row $2 on) their key, and the line they stood on: $3 lines of
-- the file were taken before.
update meta.refusal
set row_key = core.raw_key(raw), line_no = row_no - $2::text::int + 1 + $3::text::int
where batch_id = $1::text::bigint and row_no >= $2::text::int
returning row_no

-- The next rows of a load as they were kept, in the file's order.
select row_no, content::text from raw.source_row
where batch_id = $1::text::bigint and row_no > $2::text::int
order by row_no limit $3::text::int

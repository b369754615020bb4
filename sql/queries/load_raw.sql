-- Keep rows of this batch as read.
insert into raw.source_row (batch_id, row_no, content)
select {batch_id}, s.row_no, s.content::jsonb from stage_raw s

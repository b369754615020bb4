-- How many rows of this batch bear a mark of the column golmok_refusal.
select count(*) from raw.source_row
where batch_id = (select batch_id from stage_batch) and btrim(content ->> 'golmok_refusal') <> ''

-- Add to what is noted of a batch, from a JSON object.
update meta.batch set notes = notes || $1::text::jsonb
where batch_id = (select batch_id from stage_batch)
returning batch_id

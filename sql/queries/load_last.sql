-- The last load that was done: its number, and when it began.
select batch_id, started_at from meta.batch where status = 'done' order by batch_id desc limit 1

-- The number of the last load, 0 before the first.
select coalesce(max(batch_id), 0) from api.batch;

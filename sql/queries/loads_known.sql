-- All loads, the last first: batch_id, source.
select batch_id, source from api.batch order by batch_id desc;

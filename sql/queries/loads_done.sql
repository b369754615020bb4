-- The loads that were done: every row that figures are computed from came by one of them.
select batch_id from api.batch where status = 'done' order by batch_id;

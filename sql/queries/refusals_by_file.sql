-- What became of the rows that each load refused: refused = repaired + again (a later file brought them as bad as before)
-- + open. The last load first.
select b.batch_id, b.source, b.file_name, b.started_at, b.rows_in, count(*) as refused,
    count(*) filter (where r.repaired_at is not null) as repaired,
    count(*) filter (where r.repaired_at is null and o.refusal_id is null) as again,
    count(o.refusal_id) as open
from api.batch b
join api.refusal r using (batch_id)
left join api.open_refusal o using (refusal_id)
group by b.batch_id, b.source, b.file_name, b.started_at, b.rows_in
order by b.batch_id desc;

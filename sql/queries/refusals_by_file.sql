-- What became of the rows that each load refused: refused = repaired + again (a later file brought them as bad as before)
-- + settled (there is nothing to mend in them) + open. The last load first.
select b.batch_id, b.source, b.file_name, b.started_at, b.rows_in, count(*) as refused,
    count(*) filter (where r.repaired_at is not null) as repaired,
    count(*) filter (where r.repaired_at is null and r.refusal_id < r.last_id) as again,
    count(*) filter (where r.repaired_at is null and r.refusal_id = r.last_id and o.refusal_id is null) as settled,
    count(o.refusal_id) as open
from api.batch b
join (
    select refusal_id, batch_id, repaired_at,
        max(refusal_id) over (partition by coalesce(first_id, refusal_id)) as last_id
    from api.refusal
) r using (batch_id)
left join api.open_refusal o using (refusal_id)
group by b.batch_id, b.source, b.file_name, b.started_at, b.rows_in
order by b.batch_id desc;

-- How many rows of this batch bear a mark that no refusal of the source ever had.
select count(*)
from raw.source_row r
join meta.batch b using (batch_id)
where r.batch_id = (select batch_id from stage_batch) and btrim(r.content ->> 'golmok_refusal') <> '' and not exists (
    select from meta.refusal q join meta.batch o using (batch_id)
    where o.source = b.source and q.batch_id < b.batch_id
        and core.refusal_mark(q.batch_id, q.row_no) = lower(btrim(r.content ->> 'golmok_refusal')))

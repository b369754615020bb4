-- How many refused rows wait for nobody, of a source, a load and a reason (NULL: all): repaired by a later file, or settled,
-- since there is nothing to mend in them. A row that several files brought counts once.
select count(distinct r.root) filter (where r.repaired_at is not null) as repaired,
    count(distinct r.root) filter (where r.repaired_at is null and r.refusal_id = r.last_id and o.refusal_id is null) as settled
from (
    select refusal_id, batch_id, reasons, repaired_at, coalesce(first_id, refusal_id) as root,
        max(refusal_id) over (partition by coalesce(first_id, refusal_id)) as last_id
    from api.refusal
) r
join api.batch b using (batch_id)
left join api.open_refusal o using (refusal_id)
where (cast(:source as text) is null or b.source = :source) and (cast(:batch_id as bigint) is null or r.batch_id = :batch_id)
    and (cast(:reason as text) is null or :reason = any (r.reasons));

-- Tie refused rows to the rows of this batch that bring them repaired, earlier refusals of the same row too; give how many
-- rows. A row that this batch refuses again under its mark or its key stays open.
with repaired as (
    select distinct on (root) root, row_no, rule, became
    from stage_met m
    where became is not null and not exists (select from stage_met o where o.root = m.root and o.became is null)
    order by root, rule, became <> 'taken', row_no
), written as (
    update meta.refusal r
    set repaired_batch_id = s.batch_id, repaired_row_no = d.row_no, repaired_at = clock_timestamp(),
        repaired_as = d.became, repaired_by = (array['mark', 'file', 'key', 'address'])[d.rule]
    from repaired d, stage_batch s
    where coalesce(r.first_id, r.refusal_id) = d.root and r.batch_id < s.batch_id and r.repaired_at is null
    returning d.root
)
select count(distinct root) from written

-- Tie rows of this batch that were refused again to the first refusal of the same row; give how many. A key that several
-- refused rows bear says of none of them which one it was.
with again as (
    select row_no, root, rule, count(*) over (partition by row_no, rule) as roots, count(*) over (partition by root, rule) as row_nos
    from stage_met where became is null
), tied as (
    select distinct on (row_no) row_no, root from again
    where rule < 3 or (roots = 1 and row_nos = 1)
    order by row_no, rule, root
), written as (
    update meta.refusal r set first_id = tied.root
    from tied, stage_batch s
    where r.batch_id = s.batch_id and r.row_no = tied.row_no
    returning 1
)
select count(*) from written

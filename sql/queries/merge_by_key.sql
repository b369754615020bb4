-- Merge staged objects into a table by natural key: new ones in, changed ones over, equal ones left alone.
-- Gives how many rows of the file were inserted, updated, unchanged: a row counts once, as the first that fits.
with written as (
    insert into {target} as old ({columns}, batch_id)
    select {values}, (select batch_id from stage_batch) from {stage}
    on conflict ({key}) do update set {assignments}, batch_id = excluded.batch_id
    where old.row_hash is distinct from excluded.row_hash
    -- xmax is 0 only on a version that no update made
    returning {key}, (old.xmax = 0) as fresh
), by_row as (
    select s.row_no, coalesce(bool_or(w.fresh), false) as fresh, coalesce(bool_or(not w.fresh), false) as changed
    from {stage} s left join written w using ({key})
    group by s.row_no
)
select
    count(*) filter (where fresh),
    count(*) filter (where changed and not fresh),
    count(*) filter (where not changed and not fresh)
from by_row

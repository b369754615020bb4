-- How many rows of the file were inserted, updated, unchanged, and how many cameras ended.
with by_row as (
    select row_no, bool_or(deed = 'new') as fresh, bool_or(deed in ('change', 'correct', 'reopen', 'end')) as changed
    from deeds group by row_no
)
select
    count(*) filter (where fresh),
    count(*) filter (where changed and not fresh),
    count(*) filter (where not changed and not fresh),
    (select count(*) from deeds where deed = 'end')
from by_row

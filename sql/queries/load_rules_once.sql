-- What stands in the file already: the same contents again, or another row under a key that admits no twins.
with copies as (
    select row_no, part, key, may_be_twin,
        row_number() over (partition by part, key, contents order by row_no) as copy
    from stage_row where reason is null and key is not null
), firsts as (
    select row_no, row_number() over (partition by part, key order by row_no) as place
    from copies where copy = 1 and not may_be_twin
)
update stage_row s
set reason = case when c.copy > 1 then 'DUPLICATE_IN_FILE' else 'CONFLICTING_KEY' end
from copies c left join firsts f using (row_no)
where s.row_no = c.row_no and (c.copy > 1 or f.place > 1)

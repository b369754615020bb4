-- Objects that a hash alone tells and that differ otherwise: numbered by their contents, the first keeps its key.
create temporary table renumbered on commit drop as
select row_no, part, key || '#' || place as key
from (
    select row_no, part, key, row_number() over (partition by part, key order by contents) as place
    from stage_row where reason is null and may_be_twin and key is not null
) t
where place > 1

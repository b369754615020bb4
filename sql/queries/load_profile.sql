-- Count what the rows of this batch are like, those of other districts left out. Blank cells are no keys of a row's content,
-- so a key is a filled cell; stage_row says why rows left.
insert into meta.load_profile (batch_id, table_name, agency, fact, name, n)
with this as (
    select batch_id, source, notes from meta.batch where batch_id = (select batch_id from stage_batch)
), placed as (
    select key as table_name from this, jsonb_each(this.notes -> 'replay' -> 'columns') where jsonb_exists(value, 'lat')
), alike as (
    -- Many rows have the same cells filled: they are counted once as they are, before each cell is counted.
    select r.content ->> 'table' as table_name,
        case this.source when 'cameras' then coalesce(btrim(r.content ->> 'manager'), '') else '' end as agency,
        q.refusal_id is not null as refused, array(select jsonb_object_keys(r.content)) as filled,
        case when p.table_name is not null then core.decimals(r.content ->> 'lat', r.content ->> 'lon') end as decimals,
        count(*) as n
    from raw.source_row r
    cross join this
    left join stage_row l using (row_no)
    left join meta.refusal q on q.batch_id = r.batch_id and q.row_no = r.row_no
    left join placed p on p.table_name = r.content ->> 'table'
    -- one value, not a join: else all rows that were ever loaded are gone through
    where r.batch_id = (select batch_id from stage_batch) and l.reason is distinct from 'OUTSIDE'
    group by 1, 2, 3, 4, 5
)
select (select batch_id from stage_batch), a.table_name, a.agency, seen.fact, seen.name, sum(a.n)
from alike a
cross join lateral (
    select 'rows' as fact, '' as name
    union all select 'refused', '' where a.refused
    union all select 'decimals', a.decimals where a.decimals is not null
    union all select 'filled', name from unnest(a.filled) as name
        where name not in ('table', 'golmok_refusal', 'geometry', 'raster')
) seen
group by 1, 2, 3, 4, 5

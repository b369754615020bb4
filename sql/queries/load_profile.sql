-- Count what the rows of this batch are like, those of other districts left out. Needs stage_left; blank cells are no keys
-- of a row's content, so a key is a filled cell.
insert into meta.load_profile (batch_id, table_name, agency, fact, name, n)
select s.batch_id, r.content ->> 'table',
    case b.source when 'cameras' then coalesce(btrim(r.content ->> 'manager'), '') else '' end, seen.fact, seen.name,
    count(*)
from stage_batch s
join meta.batch b using (batch_id)
join raw.source_row r using (batch_id)
left join stage_left l using (row_no)
left join meta.refusal q on q.batch_id = s.batch_id and q.row_no = r.row_no
cross join lateral (
    select 'rows' as fact, '' as name
    union all select 'refused', '' where q.refusal_id is not null
    union all select 'filled', key from jsonb_object_keys(r.content) as key
        where key not in ('table', 'golmok_refusal', 'geometry', 'raster')
    union all select 'decimals', core.decimals(r.content ->> 'lat', r.content ->> 'lon')
        where jsonb_exists(b.notes -> 'columns' -> (r.content ->> 'table'), 'lat')
) seen
where l.became is distinct from 'outside'
group by 1, 2, 3, 4, 5

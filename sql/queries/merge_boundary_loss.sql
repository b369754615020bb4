-- What the staged boundaries would take away, as rows that were not refused have it: how many dong there are, how many
-- of them the file does not name, the area of the outline that an earlier file gave (m2; null: none did) and the area
-- that it would have (m2). A file of whole districts changes nothing where there are dong.
with taken as materialized (
    select s.boundary_key, s.level, s.geom
    from stage_boundary s
    where not exists (select from stage_row r where r.row_no = s.row_no and r.reason is not null)
), told as (
    select count(*) filter (where level = 'dong') as dong from taken
), here as (
    select count(*) as dong from core.boundary where level = 'dong'
)
select h.dong,
    case when t.dong = 0 then 0 else (
        select count(*) from core.boundary b
        where b.level = 'dong' and not exists (select from taken n where n.boundary_key = b.boundary_key))
    end,
    case when t.dong > 0 or h.dong = 0 then (
        select st_area(b.geom) from core.boundary b join meta.batch m using (batch_id)
        where b.level = 'district' and m.source = 'boundaries')
    end,
    (select st_area(st_union(n.geom)) from taken n where (n.level = 'dong') = (t.dong > 0))
from told t cross join here h

-- Drop dong that the file at hand does not name: it is the whole set. Gives how many.
with gone as (
    delete from core.boundary b
    where b.level = 'dong' and not exists (select from stage_boundary s where s.boundary_key = b.boundary_key)
    returning 1
)
select count(*) from gone

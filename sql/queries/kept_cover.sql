-- The pieces of the cover that is kept for a scope ($1), if it was worked out from the same inputs ($2).
select name, kind, numbers from core.kept_cover
where scope = $1 and inputs_hash = $2
order by name, part;

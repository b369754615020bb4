-- The scopes that a cover is kept for.
select distinct scope from core.kept_cover order by scope;

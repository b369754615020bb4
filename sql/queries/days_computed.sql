-- Of some days those that coverage was computed for at a class.
select distinct as_of from api.coverage_run
where as_of = any(cast(:days as date[])) and density_class = :density_class
order by as_of;

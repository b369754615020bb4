-- Days among those given that coverage was computed for, of a class.
select distinct as_of from api.coverage_run where density_class = :density_class and as_of = any (:days);

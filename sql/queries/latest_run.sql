-- The last computation of coverage for a class as at a day; of the inputs given, or (NULL) of any.
select run_id, as_of, density_class, standard_version, inputs_hash, figures, step_m, draws, seed, computed_at
from api.coverage_run
where as_of = :at and density_class = :density_class
    and (cast(:inputs_hash as text) is null or inputs_hash = :inputs_hash)
order by run_id desc
limit 1;

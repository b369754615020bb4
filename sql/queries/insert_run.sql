-- Write one computation of coverage and give its number.
insert into core.coverage_run
    (as_of, density_class, standard_version, inputs_hash, figures, step_m, draws, seed)
values (:as_of, :density_class, :standard_version, :inputs_hash, cast(:figures as jsonb), :step_m, :draws, :seed)
returning run_id;

-- Write that a run ended, and what it answered.
update meta.job_run set finished_at = clock_timestamp(), answer = cast(:answer as jsonb) where run_id = :run_id;

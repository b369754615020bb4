-- Write that a run ended, and what it answered.
update meta.job_run set finished_at = greatest(clock_timestamp(), started_at), answer = cast(:answer as jsonb) where run_id = :run_id;

-- Write that a run of a job begins; give its number.
insert into meta.job_run (job) values (:job) returning run_id, started_at;

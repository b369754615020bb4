-- The last run of a job that ended, and when the first run since began that did not.
select last.run_id, last.started_at, last.finished_at,
    (
        select min(r.started_at) from meta.job_run r
        where r.job = :job and r.finished_at is null and r.run_id > coalesce(last.run_id, 0)
    ) as went_on_from
from (select 1) one
left join lateral (
    select r.run_id, r.started_at, r.finished_at from meta.job_run r
    where r.job = :job and r.finished_at is not null
    order by r.run_id desc limit 1
) last on true;

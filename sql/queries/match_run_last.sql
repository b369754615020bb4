-- Whether matching is up to date: nothing that tells of cameras was loaded since, and nobody decided anything.
select coalesce((
    select r.rules = $1
        and r.batch_id is not distinct from (
            select max(batch_id) from meta.batch where source in ('cameras', 'survey') and status = 'done')
        and r.decision_id is not distinct from (select max(decision_id) from core.match_decision)
    from core.match_run r order by r.run_id desc limit 1
), false) as current

-- Note a run of matching: of which loads, decisions and rules, and how many pairs it left.
insert into core.match_run (batch_id, decision_id, rules, sure, doubtful, same, different)
select
    (select max(batch_id) from meta.batch where source in ('cameras', 'survey') and status = 'done'),
    (select max(decision_id) from core.match_decision), $1,
    count(*) filter (where state = 'sure'), count(*) filter (where state = 'doubtful'),
    count(*) filter (where state = 'same'), count(*) filter (where state = 'different')
from core.same_record
returning run_id

-- The log of decisions on pairs of records, the last first. A limit of NULL gives all.
select decision_id, record_a, record_b, said, reason, decided_by, decided_at, state_before, score
from api.match_decision
order by decision_id desc
limit cast(:limit as int);

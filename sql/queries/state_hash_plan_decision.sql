-- For the hash of the state. What was decided of plans.
select p.name, p.figures, d.decision, d.why, d.decided_by, d.decided_login
from core.plan_decision d join core.plan p using (plan_id)

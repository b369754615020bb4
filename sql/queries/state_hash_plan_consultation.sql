-- For the hash of the state. Records of having asked about plans; whether one was withdrawn counts, not when.
select p.name, p.figures, c.order_no, c.method, c.held_from, c.held_to, c.opinions, c.outcome, c.document_no, c.recorded_by,
    c.recorded_login, c.withdrawn_by, c.withdrawn_login
from core.plan_consultation c join core.plan p using (plan_id)

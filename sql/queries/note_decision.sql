-- Record what was decided of a plan; no row where it was decided already.
insert into core.plan_decision (plan_id, decision, why, decided_by)
values (:plan_id, :decision, :why, :decided_by)
on conflict (plan_id) do nothing
returning decision_id;

-- How far each plan is: plan_id, state (proposed, consulted, approved, rejected).
select plan_id, state from api.plan_state order by plan_id;

-- One kept plan.
select plan_id, made_at, name, cameras, budget_won, figures from api.plan where plan_id = :plan_id;

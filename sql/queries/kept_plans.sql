-- The plans that were kept, the last first.
select plan_id, made_at, name, cameras, budget_won, figures from api.plan order by plan_id desc;

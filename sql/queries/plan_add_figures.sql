-- What was computed of a kept plan afterwards, beside the figures that it was answered with. Gives its number, if there is one.
update core.plan set figures = figures || cast(:figures as jsonb) where plan_id = :plan_id returning plan_id;

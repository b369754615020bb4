-- Withdraw a standing record of a plan as mistaken; gives its number, no row where none such stands.
update core.plan_consultation set withdrawn_by = :withdrawn_by
where plan_id = :plan_id and consultation_id = :consultation_id and withdrawn_at is null
returning consultation_id;

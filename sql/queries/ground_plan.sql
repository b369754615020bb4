-- Give the ground in law of a purpose (:purpose), and who told it (:by), to those cameras of a plan that keep none; gives the
-- number of each.
update core.plan_camera k
set attributes = k.attributes || jsonb_build_object('ground', p.legal_ground, 'ground_by', cast(:by as text))
from core.purpose p
where k.plan_id = :plan_id and p.purpose_code = :purpose and k.attributes ->> 'ground' is null
returning k.order_no;

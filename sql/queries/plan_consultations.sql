-- Records of having asked about a plan (:plan_id), in the order in which they were recorded, those withdrawn too.
select consultation_id, order_no, method, held_from, held_to, opinions, outcome, document_no, recorded_at, recorded_by,
    withdrawn_at, withdrawn_by
from api.plan_consultation
where plan_id = :plan_id
order by consultation_id;

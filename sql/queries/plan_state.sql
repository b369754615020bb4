-- How far a plan (:plan_id) is: state, why, decided_at, decided_by, and `cameras`: of each the ground in law and whether people
-- were asked about it, in their order.
select s.state, s.why, s.decided_at, s.decided_by,
    coalesce((
        select jsonb_agg(jsonb_build_object('order_no', k.order_no, 'ground', k.legal_ground, 'asked', exists (
            select from api.plan_consultation c
            where c.plan_id = k.plan_id and c.withdrawn_at is null and coalesce(c.order_no, k.order_no) = k.order_no
        )) order by k.order_no)
        from api.plan_camera k where k.plan_id = s.plan_id
    ), '[]') as cameras
from api.plan_state s
where s.plan_id = :plan_id;

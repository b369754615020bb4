-- For the hash of the state. Cameras of kept plans, by what the plan says.
select p.name, p.figures, c.order_no, c.heading_deg, c.gain, c.price_won, c.attributes, c.legal_ground, c.geom
from core.plan_camera c join core.plan p using (plan_id)

-- What is believed of where the cameras of some states ($1, their numbers as an array in text) looked in them.
select b.state_id as camera_id, b.heading_sums, b.tilt_p
from api.aim_belief b
where b.state_id = any($1::text::bigint[])
order by b.state_id;

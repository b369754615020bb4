-- What is believed of where the cameras active at a day ($1) look.
select b.camera_id, b.state_id, b.heading_sums, b.tilt_p, b.unchecked_heading_sums,
    b.unchecked_tilt_p, b.sources::text as sources
from api.aim_belief b
join api.camera_state s using (state_id)
where s.status = 'active' and s.valid_during @> $1::date
order by b.camera_id;

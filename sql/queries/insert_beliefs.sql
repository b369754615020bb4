-- Take over the staged beliefs.
insert into core.aim_belief
    (state_id, heading_sums, tilt_p, unchecked_heading_sums, unchecked_tilt_p, sources, inputs_hash)
select state_id, heading_sums, tilt_p, unchecked_heading_sums, unchecked_tilt_p, sources::jsonb, inputs_hash
from staged_belief;

-- Copies of what is believed of every camera's aim.
insert into core.aim_belief (state_id, heading_sums, tilt_p, unchecked_heading_sums, unchecked_tilt_p, sources,
    inputs_hash, computed_at)
select state_id + n * 1000000, heading_sums, tilt_p, unchecked_heading_sums, unchecked_tilt_p, sources, inputs_hash,
    computed_at
from core.aim_belief, generate_series(:first, :copies) n
where state_id < 1000000;

-- Write the further purposes of the states that this batch wrote.
insert into core.camera_purpose (state_id, purpose_code)
select distinct s.state_id, further.code
from deeds d
join stage_camera g using (camera_key)
join core.camera_state s on s.camera_id = d.camera_id and upper_inf(s.valid_during)
cross join stage_batch b
cross join lateral unnest(string_to_array(g.further, ',')) as further(code)
where s.batch_id = b.batch_id and d.deed in ('new', 'change', 'correct', 'reopen') and g.further <> ''

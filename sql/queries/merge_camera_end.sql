-- End states at the file's day: of records that ended, and of those that change. A state lasts a day at least.
update core.camera_state s
set valid_during = daterange(lower(s.valid_during), greatest(b.reference_date, lower(s.valid_during) + 1))
from deeds d, stage_batch b
where s.state_id = d.state_id and d.deed in ('end', 'change')

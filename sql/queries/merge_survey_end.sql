-- End the states that a survey contradicts on its day.
update core.camera_state t
set valid_during = daterange(lower(t.valid_during), s.surveyed_on)
from deeds d join stage_survey s using (row_no)
where t.state_id = d.state_id and d.deed = 'change'

-- For the hash of the state. Further purposes by the camera's key and the first day of its state.
select c.camera_key, lower(s.valid_during) as since, p.purpose_code
from core.camera_purpose p join core.camera_state s using (state_id) join core.camera c using (camera_id)

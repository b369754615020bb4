-- For the hash of the state. Presets by the camera's key.
select c.camera_key, p.preset_no, p.heading_deg, p.tilt_deg, p.hfov_deg, p.dwell_s, p.home
from core.preset p join core.camera c using (camera_id)

-- For the hash of the state. Outages by the camera's key.
select c.camera_key, o.down_during, o.reason
from core.camera_status o join core.camera c using (camera_id)

-- All presets of turning cameras, round by round; tilt_deg, hfov_deg and dwell_s NULL are unknown.
select camera_id, preset_no, heading_deg, tilt_deg, hfov_deg, dwell_s, home
from api.preset
order by camera_id, preset_no;

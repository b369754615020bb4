-- For the hash of the state. Incidents by key.
select incident_key, occurred_at, time_precision, class_code, class_name, urgency, closing_code, exercise, false_alarm,
    repeat_call, origin, caller, case_no, placed_by, place_confidence, geom, bell_key
from core.incident

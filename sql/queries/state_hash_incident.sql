-- For the hash of the state. Incidents by key.
select incident_key, occurred_at, class_code, class_name, urgency, closing_code, exercise, false_alarm, repeat_call,
    origin, geom
from core.incident

-- Incidents that have a place, from $1 up to, not with, $2, for the purpose $3; leaves a row in the access log.
-- An analysis takes the points as they are: what comes of it is a share or a risk, and names no incident.
-- Exercises and repeated calls are no incidents of their own: they stay out.
select incident_id, occurred_at, class_code, class_name, urgency::double precision as urgency, false_alarm, origin,
    st_asbinary(geom) as geometry
from api.read_incident_points($1::timestamptz, $2::timestamptz, $3, 'analysis')
where geom is not null and not exercise and not repeat_call;

-- What happened after an event (:event_id), in its order, at most so many rows (:at_most).
select event_id, at, kind, incident_key, camera_key
from api.live_event
where event_id > :event_id
order by event_id
limit :at_most;

-- Number of the last event, 0 before the first.
select coalesce(max(event_id), 0) from api.live_event;

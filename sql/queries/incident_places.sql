-- How incidents came by their places, by origin: counts and shares of confidence alone.
select * from api.incident_places();

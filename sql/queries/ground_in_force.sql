-- The emergency ground that holds now for an incident or a place; no row where none does.
select ground_id, ground, since, until
from api.ground_in_force(cast(:incident_key as text), st_setsrid(st_makepoint(:lon, :lat), 4326));

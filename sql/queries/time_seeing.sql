-- Measured alone: who sees a place.
select * from api.cameras_seeing(st_setsrid(st_makepoint(:lon, :lat), 4326), 'observe', :at);

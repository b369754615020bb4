-- Measured alone: the four cameras nearest to a place.
select * from api.nearest_cameras(st_setsrid(st_makepoint(:lon, :lat), 4326), 4, :at);

-- All emergency bells and other help on safe ways home.
select bell_id, kind, name, police_linked, route_key, st_asbinary(geom) as geometry from api.bell order by bell_id;

-- Whether a place lies outside the district; NULL while its outline is not known.
select not bool_or(st_covers(b.geom, st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), st_srid(b.geom))))
from api.boundary b
where b.level = 'district';

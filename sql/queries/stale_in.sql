-- How many cameras in whose reach a circle (:lon, :lat, :radius_m) lies have fields of view that are missing or of other inputs
-- than today's, as at a day.
select count(*)
from api.stale_fields(cast(:at as date), :engine, :reach_m, cast(:ptz_reach_m as double precision),
    st_buffer(st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), cast(:srid as int)), :radius_m, 64));

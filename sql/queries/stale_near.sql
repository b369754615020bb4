-- How many cameras in whose reach a place lies have fields of view that are missing or of other inputs than today's.
select count(*)
from api.stale_fields(cast(:at as date), :engine, :reach_m, cast(:ptz_reach_m as double precision),
    st_setsrid(st_makepoint(:lon, :lat), 4326));

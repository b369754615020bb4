-- The buildings as they stood on a day ($1), columns as in the query `buildings`.
select building_id, building_key, name, sight_height_m as height_m, floors::double precision as floors,
    case when height_m is not null then 'measured' when sight_height_m is not null then 'storeys' end as height_basis,
    st_asbinary(geom) as geometry
from api.building_at($1::date)
order by building_id;

-- All buildings; height_m is measured, else 3.1 m a storey (height_basis tells), NULL where neither is known.
select building_id, building_key, name, sight_height_m as height_m, floors::double precision as floors,
    case when height_m is not null then 'measured' when sight_height_m is not null then 'storeys' end as height_basis,
    st_asbinary(geom) as geometry
from api.building
order by building_id;

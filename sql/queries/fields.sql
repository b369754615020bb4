-- Fields of view of the cameras active at a day ($1), of one class ($2; blank is all).
select state_id, camera_id, density_class, sight, counts, near_m, far_m, slope, offset_m, variants, area_m2,
    st_asbinary(geom) as geometry
from api.field_at($1::date, nullif($2, ''))
order by state_id, density_class, sight, counts;

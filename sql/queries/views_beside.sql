-- Fields of view of a class ($2) of the cameras active at a day ($1) that meet those of some cameras ($3, their numbers as an
-- array in text), these included.
with asked as materialized (
    select f.geom from api.field_at($1::date, $2) f where f.camera_id = any($3::text::bigint[])
)
select f.state_id, f.camera_id, f.density_class, f.sight, f.counts, f.near_m, f.far_m, f.slope, f.offset_m, f.variants,
    st_asbinary(f.geom) as geometry
from api.field_at($1::date, $2) f
where not st_isempty(f.geom) and exists (select from asked where st_intersects(asked.geom, f.geom))
order by f.state_id, f.sight, f.counts;

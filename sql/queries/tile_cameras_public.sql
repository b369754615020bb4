-- Cameras active at a day on one tile, where they are and why, and nothing else. Below zoom 12 one
-- point a screen cell stands for all in it, with their number.
with shown as (
    select c.camera_id, c.purpose_code,
        case when :z < 12 then st_snaptogrid(c.geom, 8 * api.pixel_m(:z)) else c.geom end as cell, c.geom
    from api.camera_at(:at) c
    where c.geom && api.tile_bounds(:z, :x, :y)
), thinned as (
    select distinct on (case when :z < 12 then cell end, case when :z >= 12 then camera_id end)
        purpose_code, count(*) over (partition by cell) as n, api.on_tile(geom, :z, :x, :y) as geom
    from shown
    order by case when :z < 12 then cell end, case when :z >= 12 then camera_id end, camera_id
)
select st_asmvt(thinned, 'cameras', 4096, 'geom') from thinned where geom is not null;

-- Fields of view of a class at a day on one tile. Below zoom 12 they are simplified to a pixel, the smallest left
-- out.
with shown as (
    select f.state_id, f.camera_id, f.density_class, f.sight, f.counts, round(f.area_m2) as area_m2,
        api.on_tile(
            case when :z < 12 then st_simplifypreservetopology(f.geom, api.pixel_m(:z)) else f.geom end,
            :z, :x, :y) as geom
    from api.field_at(:at, :density_class) f
    where f.geom && api.tile_bounds(:z, :x, :y) and not st_isempty(f.geom)
        and (:z >= 12 or f.area_m2 > api.pixel_m(:z) ^ 2)
)
select st_asmvt(shown, 'fields', 4096, 'geom') from shown where geom is not null;

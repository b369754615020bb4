-- The district and its dong on one tile. Below zoom 12 the district alone, simplified to a pixel.
with shown as (
    select b.boundary_id as feature_id, b.boundary_id, b.level, b.code, b.name_ko, b.name_en,
        api.on_tile(case when :z < 12 then st_simplifypreservetopology(b.geom, api.pixel_m(:z)) else b.geom end,
            :z, :x, :y) as geom
    from api.boundary b
    where b.geom && api.tile_bounds(:z, :x, :y) and (:z >= 12 or b.level = 'district')
)
select st_asmvt(shown, 'boundaries', 4096, 'geom', 'feature_id') from shown where geom is not null;

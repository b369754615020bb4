-- Streets on one tile. Below zoom 12 roads alone, simplified to a pixel.
with shown as (
    select a.alley_id as feature_id, a.alley_id, a.name, a.kind, a.width_m, a.lit,
        api.on_tile(case when :z < 12 then st_simplify(a.geom, api.pixel_m(:z)) else a.geom end,
            :z, :x, :y) as geom
    from api.alley a
    where a.geom && api.tile_bounds(:z, :x, :y) and (:z >= 12 or a.kind = 'road')
)
select st_asmvt(shown, 'alleys', 4096, 'geom', 'feature_id') from shown where geom is not null;

-- Zones in force at a day on one tile. Below zoom 12 simplified to a pixel.
with shown as (
    select z.zone_id as feature_id, z.zone_id, z.kind, z.level, z.name_ko, z.name_en,
        api.on_tile(case when :z < 12 then st_simplifypreservetopology(z.geom, api.pixel_m(:z)) else z.geom end,
            :z, :x, :y) as geom
    from api.zone_at(:at) z
    where z.geom && api.tile_bounds(:z, :x, :y)
)
select st_asmvt(shown, 'zones', 4096, 'geom', 'feature_id') from shown where geom is not null;

-- Buildings on one tile; none below zoom 12, where each would be less than a pixel or two.
with shown as (
    select b.building_id as feature_id, b.building_id, b.height_m, api.on_tile(b.geom, :z, :x, :y) as geom
    from api.building b
    where :z >= 12 and b.geom && api.tile_bounds(:z, :x, :y)
)
select st_asmvt(shown, 'buildings', 4096, 'geom', 'feature_id') from shown where geom is not null;

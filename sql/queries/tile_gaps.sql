-- Gaps of one computation on one tile: the one asked for, else the last for the class at the day, else the last for the
-- class. Below zoom 12 only those longer than a pixel.
with run as (
    select coalesce(
        cast(:run_id as bigint),
        (select r.run_id from api.coverage_run r where r.density_class = :density_class
            order by (r.as_of = :at) desc, r.run_id desc limit 1)) as run_id
), shown as (
    select g.gap_no as feature_id, g.run_id, g.gap_no, g.alley_id,
        round(g.length_m::numeric, 1)::double precision as length_m, g.risk,
        api.on_tile(g.geom, :z, :x, :y) as geom
    from run join api.coverage_gap g using (run_id)
    where g.geom && api.tile_bounds(:z, :x, :y) and (:z >= 12 or g.length_m > api.pixel_m(:z))
)
select st_asmvt(shown, 'gaps', 4096, 'geom', 'feature_id') from shown where geom is not null;

-- Keep what each camera sees now, in place of what the last nightly run saw.
insert into core.camera_view (camera_id, camera_key, run_id, density_class, sight, site_id, optics, engine, geom)
select v.camera_id, v.camera_key, :run_id, :density_class, v.sight, v.site_id, v.optics::jsonb, :engine,
    st_multi(st_collectionextract(st_setsrid(st_geomfromwkb(v.shape), :srid), 3))
from unnest(
    cast(:camera_ids as bigint[]), cast(:camera_keys as text[]), cast(:sights as text[]), cast(:site_ids as bigint[]),
    cast(:optics as text[]), cast(:shapes as bytea[])
) as v (camera_id, camera_key, sight, site_id, optics, shape);

-- What each active camera saw at the last nightly run, with its aim and lens as they were known.
select v.camera_id, v.camera_key, v.density_class, v.sight, v.site_id, v.optics::text as optics, v.engine,
    st_asbinary(v.geom) as geometry
from core.camera_view v
order by v.camera_id;

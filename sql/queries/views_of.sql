-- Views of some cameras (:camera_ids) at a day, of one class, simplified to 0.3 m. The reach of a turning camera counts
-- in no share (counts is false): drawn, it says what it could see when turned.
select f.camera_id, f.sight, f.counts, f.area_m2,
    st_asgeojson(st_transform(st_simplifypreservetopology(f.geom, 0.3), 4326), 7) as geometry
from api.field_at(:at, :density_class) f
where f.camera_id = any (:camera_ids)
order by f.camera_id, f.counts desc, f.sight;

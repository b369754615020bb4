-- Places into which no camera may look: points and areas of the layer `sensitive_places`, each part of a shape a row of its own.
select f.feature_id, f.feature_key,
    coalesce(f.attributes ->> 'kind', f.attributes ->> '종류', f.attributes ->> '구분') as kind,
    st_asbinary(part.geom) as geometry
from api.layer l join api.layer_feature f using (layer_id)
cross join lateral st_dump(f.geom) as part
where l.name = 'sensitive_places' and st_dimension(part.geom) in (0, 2)
order by f.feature_id, part.path;

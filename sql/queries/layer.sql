-- The features of one added layer ($1, its name).
select f.feature_id, f.feature_key, f.weight, f.observed_on, st_asbinary(f.geom) as geometry
from api.layer l join api.layer_feature f using (layer_id)
where l.name = $1
order by f.feature_id;

-- For the hash of the state. Features by the layer's name and their key.
select l.name as layer, f.feature_key, f.weight, f.observed_on, f.attributes, f.geom
from core.layer_feature f join core.layer l using (layer_id)

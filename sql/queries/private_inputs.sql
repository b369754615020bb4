-- Digest of all that says what is private: features of `plots` and `sensitive_places` and the buildings with their use, by
-- what they say and not by their numbers.
select coalesce(md5(string_agg(told, '' order by told)), '') as digest
from (
    select md5(row(l.name, f.feature_key, f.attributes, st_asbinary(f.geom))::text) as told
    from api.layer l join api.layer_feature f using (layer_id)
    where l.name in ('plots', 'sensitive_places')
    union all
    select md5(row(b.building_key, b.use_code, b.sight_height_m, st_asbinary(b.geom))::text) from api.building b
) part;

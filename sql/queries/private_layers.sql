-- What is loaded of private ground and of sensitive places: name, origin, day, features.
select l.name, l.origin, l.reference_date, count(f.feature_id) as features
from api.layer l left join api.layer_feature f using (layer_id)
where l.name in ('plots', 'sensitive_places')
group by l.layer_id, l.name, l.origin, l.reference_date
having count(f.feature_id) > 0
order by l.name;

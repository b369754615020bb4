-- Private ground: areas of the layer `plots`, as the file says (private), else by whose they are (소유구분), else by the land's
-- kind (지목). A plot of which nothing is told is private: rather too much shielded than too little.
select f.feature_id, f.feature_key, st_asbinary(f.geom) as geometry
from api.layer l join api.layer_feature f using (layer_id)
where l.name = 'plots' and st_dimension(f.geom) = 2
    and coalesce(
        case
            when lower(btrim(f.attributes ->> 'private')) in ('true', 't', 'yes', 'y', '1') then true
            when lower(btrim(f.attributes ->> 'private')) in ('false', 'f', 'no', 'n', '0') then false
        end,
        case
            -- the words of the land ledger: of the state, a province, a city, a county, a borough
            when coalesce(f.attributes ->> '소유구분', f.attributes ->> '소유구분명')
                ~ '국유|시유|도유|시도유|시.?도유|군유|구유|공유지|공공' then false
            when btrim(coalesce(f.attributes ->> '소유구분', f.attributes ->> '소유구분명')) <> '' then true
        end,
        coalesce(f.attributes ->> '지목', f.attributes ->> '지목명')
            !~ '^(도로?|철도?용지|하천?|천|구거?|제방?|공원?|학교?용지|학|체육?용지|사적지|수도용지|묘지)$',
        true)
order by f.feature_id;

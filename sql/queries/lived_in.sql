-- All buildings with whether people live there, NULL where the use is not known: codes of the road-address map (01 houses, 02
-- flats) and words of OpenStreetMap.
select building_id, height_m,
    case
        when use_code is null or btrim(use_code) in ('', 'yes') then null
        when use_code ~ '^[0-9]+$' then use_code ~ '^0[12][0-9]{3}$'
        else lower(use_code) in ('house', 'apartments', 'residential', 'detached', 'semidetached_house', 'terrace',
            'bungalow', 'dormitory', 'farm', 'cabin', 'houseboat', 'static_caravan')
    end as dwelling,
    st_asbinary(geom) as geometry
from api.building
order by building_id;

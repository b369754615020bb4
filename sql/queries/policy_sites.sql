-- Where active cameras hang, by dong: place in degrees, how many, what for. For the role golmok_public.
select dong_ko, dong_en, cameras, purposes_ko, purposes_en,
    round(st_y(place)::numeric, 5)::double precision as lat, round(st_x(place)::numeric, 5)::double precision as lon
from api.public_site cross join lateral st_transform(geom, 4326) as place
order by dong_code nulls last, lat desc, lon;

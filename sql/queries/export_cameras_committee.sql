-- What the committee may have of the cameras active at a day: place, dong, owner, purpose, kind; neither aim nor number.
select round(st_y(place.geom)::numeric, 6)::double precision as lat,
    round(st_x(place.geom)::numeric, 6)::double precision as lon,
    b.name_ko as dong_ko, b.name_en as dong_en, c.agency as agency_ko, c.agency_en, c.purpose_ko, c.purpose_en, c.kind
from api.camera_at(:at) c
cross join lateral (select st_transform(c.geom, 4326) as geom) place
left join lateral (
    select d.name_ko, d.name_en from api.boundary d
    where d.level = 'dong' and st_covers(d.geom, c.geom) order by d.code limit 1
) b on true
order by b.name_ko, lat, lon, c.agency, c.purpose_ko, c.kind;

-- All that is known of the cameras active at a day, with their sites and dong.
select c.camera_key, c.site_name, site.address_road, site.address_lot, b.name_ko as dong_ko, b.name_en as dong_en,
    round(st_y(place.geom)::numeric, 7)::double precision as lat,
    round(st_x(place.geom)::numeric, 7)::double precision as lon,
    c.agency as agency_ko, c.agency_en, c.purpose_ko, c.purpose_en, c.further_purposes, c.legal_ground, c.kind, c.status,
    c.heading_deg, c.tilt_deg, c.height_m, c.focal_mm, c.hfov_deg, c.image_w_px, c.image_h_px, c.pixels, c.ir_range_m,
    c.model, c.view_text, c.retention_days, c.aim_source, c.surveyed_on, c.valid_from
from api.camera_at(:at) c
join api.site site using (site_id)
cross join lateral (select st_transform(c.geom, 4326) as geom) place
left join lateral (
    select d.name_ko, d.name_en from api.boundary d
    where d.level = 'dong' and st_covers(d.geom, c.geom) order by d.code limit 1
) b on true
order by c.camera_key;

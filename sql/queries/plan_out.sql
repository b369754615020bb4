-- The proposed cameras of a plan, of the last one when none is named (NULL), in the order in which they were chosen.
select c.plan_id, c.order_no, b.name_ko as dong_ko, b.name_en as dong_en,
    round(st_y(place.geom)::numeric, 7)::double precision as lat,
    round(st_x(place.geom)::numeric, 7)::double precision as lon,
    c.heading_deg, c.gain, c.price_won
from api.plan_camera c
cross join lateral (select st_transform(c.geom, 4326) as geom) place
left join lateral (
    select d.name_ko, d.name_en from api.boundary d
    where d.level = 'dong' and st_covers(d.geom, c.geom) order by d.code limit 1
) b on true
where c.plan_id = coalesce(cast(:plan_id as bigint), (select max(plan_id) from api.plan))
order by c.order_no;

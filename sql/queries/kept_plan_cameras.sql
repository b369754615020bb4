-- The cameras of a kept plan in the order in which they were chosen; the place as it was answered, to seven decimals.
select round(st_y(place)::numeric, 7)::float8 as lat, round(st_x(place)::numeric, 7)::float8 as lon,
    heading_deg, gain, price_won, attributes
from api.plan_camera, st_transform(geom, 4326) as place
where plan_id = :plan_id
order by order_no;

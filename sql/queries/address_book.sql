-- Every place that an address is known of: road address, lot address, x and y in the district's CRS. Entrances, poles,
-- help on safe ways home, and features of the layers that the city added.
select address_road, address_lot, st_x(geom), st_y(geom) from core.address
union all
select address_road, address_lot, st_x(geom), st_y(geom) from core.site
union all
select place_text, null, st_x(geom), st_y(geom) from core.bell where place_text is not null
union all
select case when a.key ~ '도로명' then a.value end, case when a.key !~ '도로명' then a.value end,
    st_x(p.geom), st_y(p.geom)
from core.layer_feature f
cross join lateral jsonb_each_text(f.attributes) a
cross join lateral (select st_centroid(f.geom) as geom) p
-- an area's middle is no entrance: the address of a large one says nothing of where in it
where a.key ~ '주소' and (st_dimension(f.geom) = 0 or st_area(f.geom) < 10000) and not st_isempty(f.geom)

-- Places on streets, always the same ones: degrees, EPSG:4326, and metres in the district's CRS.
select st_x(st_transform(spot, 4326)) as lon, st_y(st_transform(spot, 4326)) as lat, st_x(spot) as x, st_y(spot) as y
from (
    -- A fraction of the section that its number alone decides.
    select st_lineinterpolatepoint(geom, mod(alley_id * 7919, 997) / 997.0) as spot
    from api.alley
    order by md5(alley_id::text)
    limit :count
) place;

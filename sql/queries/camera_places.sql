-- The site of each camera by name, and where it lies: degrees, EPSG:4326.
select c.camera_id, coalesce(nullif(s.name, ''), s.address_road, s.address_lot, s.site_key) as site,
    st_y(s.place) as lat, st_x(s.place) as lon
from (select distinct camera_id, site_id from api.camera_state) c
join (select site.*, st_transform(site.geom, 4326) as place from api.site site) s using (site_id);

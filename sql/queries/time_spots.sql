-- Where every camera hangs: x and y, metres in the district's CRS.
select st_x(s.geom) as x, st_y(s.geom) as y from api.site s join core.camera c using (site_id);

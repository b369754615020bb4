-- Emergency bells by key, metres in the district's CRS.
select bell_key, st_x(geom), st_y(geom) from core.bell where kind = 'bell'

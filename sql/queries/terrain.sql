-- All tiles of ground heights.
select tile_id, tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, nodata, st_asbinary(geom) as geometry
from api.terrain
order by tile_key;

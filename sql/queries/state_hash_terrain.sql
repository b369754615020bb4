-- For the hash of the state. Tiles of terrain by key.
select tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, nodata, geom
from core.terrain

-- The cells of ground height round each of some points (degrees), by the finest tile that holds it: two by two of them, 8
-- bytes a row (float32, little-endian), and where the point lies in the tile, in cells. No row where no tile is loaded.
select distinct on (n) n::int as n, t.columns, t.rows, t.nodata, cells.east, cells.south,
    substring(t.elevation_m from 4 * (first.row * t.columns + first.col) + 1 for 8) as upper,
    substring(t.elevation_m from 4 * (least(first.row + 1, t.rows - 1) * t.columns + first.col) + 1 for 8) as lower
from api.district d
cross join unnest(cast(:lons as double precision[]), cast(:lats as double precision[])) with ordinality as asked (lon, lat, n)
cross join lateral (select st_transform(st_setsrid(st_makepoint(lon, lat), 4326), d.srid) as geom) point
join api.terrain t on t.geom && point.geom
cross join lateral (
    select (st_x(point.geom) - t.west_m) / t.cell_m as east, (t.north_m - st_y(point.geom)) / t.cell_m as south
) cells
cross join lateral (
    -- The cell whose middle lies before the point; as spatial.turning.cell_before.
    select least(floor(greatest(cells.east - 0.5, 0))::int, greatest(t.columns - 2, 0)) as col,
        least(floor(greatest(cells.south - 0.5, 0))::int, greatest(t.rows - 2, 0)) as row
) first
order by n, t.cell_m, t.tile_id;

-- Keep tiles of open ground, given as lists; one that another run kept meanwhile is the same.
insert into core.ground_tile (digest, open_m2, cells)
select tile.digest, tile.open_m2, tile.cells
from unnest(cast(:digests as text[]), cast(:open_m2 as double precision[]), cast(:cells as bytea[]))
    as tile (digest, open_m2, cells)
on conflict (digest) do nothing;

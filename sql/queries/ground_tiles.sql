-- Tiles of open ground that were worked out before.
select digest, open_m2, cells from core.ground_tile;

-- Forget tiles of open ground of a month ago: most belong to buildings that have changed since.
delete from core.ground_tile where kept_on < current_date - 30;

-- The shares of one computation.
select theme, key, share, low, high, certain, possible, weight, unit
from api.coverage_share
where run_id = :run_id
order by theme, key;

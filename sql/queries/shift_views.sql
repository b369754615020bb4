-- Seconds from calls to the first opened camera and to the first sight, by shift; the last row, without a shift, is of all.
select shift, incidents, opened, seen, opened_median_s, opened_p90_s, seen_median_s, seen_p90_s
from api.shift_views(cast(:since as timestamptz[]), cast(:until as timestamptz[]), cast(:shift as int[]));

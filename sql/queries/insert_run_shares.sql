-- Write the shares of a computation.
insert into core.coverage_share (run_id, theme, key, share, low, high, certain, possible, weight, unit)
values (:run_id, :theme, :key, :share, :low, :high, :certain, :possible, :weight, :unit);

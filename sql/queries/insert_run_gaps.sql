-- Write the gaps of a computation, given as WKB in the district's CRS.
insert into core.coverage_gap (run_id, gap_no, alley_id, length_m, risk, geom)
values (:run_id, :gap_no, :alley_id, :length_m, :risk, st_setsrid(st_geomfromwkb(:geom), :srid));

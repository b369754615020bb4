-- Write the gaps of a computation, the gravest first, given as lists; lines as WKB in the district's CRS.
insert into core.coverage_gap (run_id, gap_no, alley_id, length_m, risk, geom)
select :run_id, gap.gap_no, gap.alley_id, gap.length_m, gap.risk, st_setsrid(st_geomfromwkb(gap.line), :srid)
from unnest(
    cast(:alley_ids as bigint[]), cast(:lengths_m as double precision[]), cast(:risks as double precision[]),
    cast(:lines as bytea[])
) with ordinality as gap (alley_id, length_m, risk, line, gap_no);

-- The gaps of one computation ($1), the gravest first.
select g.gap_no as gap_id, g.alley_id, a.name as alley, g.length_m, g.risk, st_asbinary(g.geom) as geometry
from api.coverage_gap g left join api.alley a using (alley_id)
where g.run_id = $1::bigint
order by g.gap_no;

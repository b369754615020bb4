-- Rows whose number is that of another object of the table, far away: two offices that count alike. Nothing is replaced.
update stage_row r set reason = 'KEY_ELSEWHERE'
from {stage} s join {target} o using ({key})
where r.row_no = s.row_no and r.reason is null and st_distance(o.geom, s.geom) > {apart_m}

-- Coordinates that many addresses share stand for none of them. A placeholder outside the district may hide rows of it.
update stage_row s set reason = 'COARSE_COORD'
from (
    select part, place from stage_row where place <> '' group by part, place having count(distinct coalesce(address, '')) > {shared_by}
) p
where s.part = p.part and s.place = p.place and (s.reason is null or s.reason = 'OUTSIDE')

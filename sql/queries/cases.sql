-- All openings of cases, the last first.
select case_id, case_no, office, ground, opened_at, opened_by, closed_at, closed_by
from meta.case_file order by opened_at desc, case_id desc;

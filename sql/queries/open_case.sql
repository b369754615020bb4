-- Open a case (:case_no) for an office (:office) on a ground in law (:ground); gives its row, none where one of this number is open.
insert into meta.case_file (case_no, office, ground, opened_by)
values (:case_no, :office, :ground, :opened_by)
on conflict (case_no) where closed_at is null do nothing
returning case_id, case_no, office, ground, opened_at, opened_by, closed_at, closed_by;

-- Close the open case of a number (:case_no); gives its row, none where none such is open.
update meta.case_file set closed_by = :closed_by
where case_no = :case_no and closed_at is null
returning case_id, case_no, office, ground, opened_at, opened_by, closed_at, closed_by;

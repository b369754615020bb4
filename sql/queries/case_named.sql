-- The open case of a number (:case_no), no row where none such is open.
select case_id, case_no, office, ground, opened_at, opened_by from api.open_case(:case_no);

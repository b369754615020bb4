-- A temporary table for closings of incidents.
create temporary table stage_closing (
    row_no int, incident_key text, closing_code text, exercise boolean, false_alarm boolean, repeat_call boolean
) on commit drop

-- Close incidents; the hash of the row stays that of what it said of itself, so that a file without the closing does not
-- open it again. Gives rows inserted (0), updated, unchanged, 0.
with changed as (
    update core.incident i
    set closing_code = s.closing_code, exercise = i.exercise or s.exercise, false_alarm = s.false_alarm,
        repeat_call = s.repeat_call, batch_id = b.batch_id
    from stage_closing s cross join stage_batch b
    where i.incident_key = s.incident_key and (i.closing_code, i.exercise, i.false_alarm, i.repeat_call)
        is distinct from (s.closing_code, i.exercise or s.exercise, s.false_alarm, s.repeat_call)
    returning s.row_no
)
select 0, count(distinct c.row_no), (select count(*) from stage_closing) - count(distinct c.row_no), 0 from changed c

-- Find which incident each closing means, and take those out of the stage that mean none: the rows bear the reason. A short
-- number that begins anew each day bears its day behind an @ where it came again: the last one is meant.
with meant as (
    select s.row_no, (
        select i.incident_key from core.incident i
        where i.incident_key = s.incident_key
            or (s.incident_key ~ '^\d{1,6}$' and i.incident_key ~ ('^' || s.incident_key || '@\d{8}$')
                and i.incident_key like s.incident_key || '@%')
        order by i.occurred_at desc limit 1) as incident_key
    from stage_closing s
), found as (
    update stage_closing s set incident_key = m.incident_key from meant m where m.row_no = s.row_no and m.incident_key is not null
), gone as (
    delete from stage_closing s using meant m where m.row_no = s.row_no and m.incident_key is null
)
update stage_row r set reason = 'UNKNOWN_INCIDENT' from meant m where m.row_no = r.row_no and m.incident_key is null

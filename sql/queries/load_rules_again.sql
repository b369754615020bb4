-- Running numbers that begin anew with the month or the day: a short number that another time bears already gets its own
-- day behind it, so that no later file replaces an earlier one's event. Gives how many.
with again as (
    update {stage} s
    set {key} = s.{key} || '@' || to_char(s.occurred_at at time zone '{zone}', 'YYYYMMDD')
    from {target} o
    where o.{key} = s.{key} and s.{key} ~ '^\d{{1,6}}$'
        and abs(extract(epoch from o.occurred_at - s.occurred_at)) > 86400
    returning 1
)
select count(*) from again

-- Footage supplied, by month, from a moment up to, not with, another.
select to_char(month, 'YYYY-MM') as month, sum(n)::bigint as n
from api.police_record_counts(:since, :until)
where kind = 'supply'
group by 1
order by 1;

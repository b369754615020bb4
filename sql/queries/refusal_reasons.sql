-- Rows in quarantine by reason; a row with two reasons counts under both.
select reason, count(*) as n
from api.refusal, unnest(reasons) as reason
group by reason
order by n desc, reason;

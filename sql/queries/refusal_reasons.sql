-- Rows in quarantine by reason, those that a later file repaired left out; a row with two reasons counts under both. A row
-- that came again counts once, as it came last.
select reason, count(*) as n
from api.open_refusal, unnest(reasons) as reason
group by reason
order by n desc, reason;

-- Rows in quarantine that no later file repaired, by source, load and reason; a row with two reasons counts under both.
select o.source, o.batch_id, reason as code, o.severity, count(*) as n
from api.open_refusal o, unnest(o.reasons) as reason
group by o.source, o.batch_id, reason, o.severity
order by n desc, o.source, o.batch_id, reason;

-- The classes of incidents from :since up to, not with, :until that count in a risk, the most frequent first: code, name.
select class_code as code, min(class_name) as name
from api.incident_counts(:since, :until)
where class_code is not null and not exercise and not false_alarm and not repeat_call
group by class_code
order by sum(n) desc, class_code;

-- Incidents by month and dong, from a moment up to, not with, another; dong is NULL for calls without a place there.
select to_char(month, 'YYYY-MM') as month, dong_code, dong_ko, dong_en, class_code, class_name, n
from api.incident_counts_by_dong(:since, :until)
order by 1, 2 nulls last, 5;

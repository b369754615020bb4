-- The day of the streets: that of the last map that was loaded, as its file says, else when it was loaded; NULL for none.
select max(coalesce(reference_date, (finished_at at time zone 'UTC')::date))
from api.batch
where source in ('juso', 'city') and status = 'done';

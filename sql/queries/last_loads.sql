-- The last load of each source that was done: source (layers: "layer NAME"), file_name, day, and whose day that is: of
-- the file, or where it names none of the load.
select distinct on (source) source, file_name,
    coalesce(reference_date, (started_at at time zone (select timezone from api.district))::date) as day,
    case when reference_date is null then 'load' else 'file' end as dated
from api.batch
where status = 'done'
order by source, batch_id desc;

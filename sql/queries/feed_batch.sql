-- The load that holds what a feed of a source brought on a day, as JSON of its columns; none before its first line.
select to_jsonb(b)::text
from meta.batch b
where b.source = $1 and b.form = 'feed' and b.notes -> 'feed' ->> 'day' = $2 and b.status = 'done'
order by b.batch_id desc limit 1

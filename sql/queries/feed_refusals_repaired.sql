-- Tie rows refused before to the rows that a feed brought just now (of load $1, from row $2 on) under the same key.
with this as (
    select batch_id, source from meta.batch where batch_id = $1::text::bigint
), came as materialized (
    select r.row_no, core.raw_key(r.content) as row_key
    from raw.source_row r join stage_row l using (row_no)
    where r.batch_id = $1::text::bigint and r.row_no >= $2::text::int and l.reason is null and r.content ->> 'table' <> 'closing'
)
update meta.refusal o
set repaired_batch_id = this.batch_id, repaired_row_no = came.row_no, repaired_at = clock_timestamp(),
    repaired_as = 'taken', repaired_by = 'key'
from came, this
where o.row_key = came.row_key and o.repaired_at is null
    and (o.batch_id < this.batch_id or (o.batch_id = this.batch_id and o.row_no < came.row_no))
    and exists (select from meta.batch b where b.batch_id = o.batch_id and b.source = this.source)
returning o.refusal_id

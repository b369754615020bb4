-- Rows of this batch that are the same as rows refused before and still open: row_no, root (first refusal of the row), rule
-- (1 mark, 2 file, 3 key; refusals_met_address adds 4), became (taken, duplicate, outside; NULL: refused again). stage_row
-- says why rows left.
create temporary table stage_met on commit drop as
with this as (
    select batch_id, source, file_sha256 from meta.batch where batch_id = (select batch_id from stage_batch)
), earlier as materialized (
    select coalesce(r.first_id, r.refusal_id) as root, r.batch_id, r.row_no, r.row_key, r.reasons, b.file_sha256
    from this
    join meta.batch b on b.source = this.source and b.batch_id < this.batch_id
    join meta.refusal r on r.batch_id = b.batch_id
    where r.repaired_at is null
), came as materialized (
    select r.row_no, core.raw_key(r.content) as row_key, lower(btrim(r.content ->> 'golmok_refusal')) as mark
    from raw.source_row r
    -- one value, not a join: else all rows that were ever loaded are gone through
    where r.batch_id = (select batch_id from stage_batch) and exists (select from earlier)
), met as (
    -- A mark on a row of another key slipped there when a sheet was sorted: it is believed where the key was at fault.
    select c.row_no, e.root, 1 as rule
    from came c join earlier e on core.refusal_mark(e.batch_id, e.row_no) = c.mark
    where e.row_key is null or c.row_key is null or e.row_key = c.row_key
        or e.reasons && array['BLANK_KEY', 'EXCEL_KEY', 'CONFLICTING_KEY']
    union all
    select c.row_no, e.root, 2
    from came c join earlier e using (row_no) join this using (file_sha256)
    union all
    select c.row_no, e.root, 3
    from came c join earlier e using (row_key)
)
select m.row_no, m.root, min(m.rule) as rule,
    case when l.reason is null then 'taken' when l.reason = 'OUTSIDE' then 'outside'
        when l.reason in ('DUPLICATE_IN_FILE', 'SUPERSEDED') then 'duplicate' end as became
from met m
left join stage_row l on l.row_no = m.row_no
group by m.row_no, m.root, l.reason

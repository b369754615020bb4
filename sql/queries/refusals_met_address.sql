-- Add to stage_met, as rule 4, rows of a registry that bore no number when they were refused: tied by agency and address where
-- one refusal alone is open there, its own file had no other row there, and this file has one row there and no more. Taken, that
-- row must be a record never known before, with the refused one's purpose or coordinates; refused again, it must be the same
-- row but for its dates.
insert into stage_met (row_no, root, rule, became)
with this as (
    select batch_id from meta.batch where batch_id = (select batch_id from stage_batch) and source = 'cameras'
), nameless as materialized (
    select distinct on (root) root, batch_id, row_no, raw, spot
    from (
        select coalesce(r.first_id, r.refusal_id) as root, r.refusal_id, r.batch_id, r.row_no, r.raw, core.raw_spot(r.raw) as spot
        from this
        join meta.batch b on b.source = 'cameras' and b.batch_id < this.batch_id
        join meta.refusal r on r.batch_id = b.batch_id
        where r.repaired_at is null and coalesce(btrim(r.raw ->> 'mgmt_no'), '') = ''
    ) open
    where spot is not null
    order by root, refusal_id desc
), spots as materialized (
    select batch_id, spot, count(*) as n, min(row_no) as row_no
    from (
        select batch_id, row_no, core.raw_spot(content) as spot from raw.source_row
        where batch_id = any (array(select batch_id from nameless union select batch_id from this where exists (select from nameless)))
    ) placed
    where spot in (select spot from nameless group by spot having count(*) = 1)
    group by batch_id, spot
), came as (
    select n.root, n.raw, c.row_no, r.content, l.key, l.reason
    from this
    join spots c on c.batch_id = this.batch_id and c.n = 1
    join nameless n using (spot)
    join spots o on o.batch_id = n.batch_id and o.spot = n.spot and o.n = 1
    join raw.source_row r on r.batch_id = this.batch_id and r.row_no = c.row_no
    join stage_row l on l.row_no = c.row_no
    where coalesce(btrim(r.content ->> 'golmok_refusal'), '') = ''
        and not exists (select from stage_met m where m.row_no = c.row_no or m.root = n.root)
)
select row_no, root, 4, case when reason is null then 'taken' end
from came, this
where case
    when reason is null then
        (raw ->> 'purpose' = content ->> 'purpose'
            or (raw ->> 'lat' = content ->> 'lat' and raw ->> 'lon' = content ->> 'lon'))
        and not exists (
            select from core.camera c join core.camera_state s using (camera_id)
            where c.record_key = came.key and s.batch_id < this.batch_id)
        and not exists (
            select from meta.batch_list l join meta.batch b using (batch_id)
            where b.source = 'cameras' and l.batch_id < this.batch_id and came.key = any (l.keys))
    else exists (select from meta.refusal q where q.batch_id = this.batch_id and q.row_no = came.row_no)
        and raw - array['ref_date', 'changed_at', 'last_modified'] = content - array['ref_date', 'changed_at', 'last_modified', 'golmok_refusal']
    end

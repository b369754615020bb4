-- The latest full list of this source that is an earlier state of the file at hand: they share at least half of the one's
-- or the other's objects. Gives its batch, day, objects, and how many of them the file no longer names. A row in
-- quarantine still names its object where it bears a number. Records that ended since are not missed.
with named as materialized (
    select coalesce(r.key, s.key) as key, s.reason is null as taken
    from stage_row s left join renumbered r using (row_no)
    where s.reason is null and not s.ended and s.key is not null
    union
    select s.own_key, false from stage_row s where s.reason is not null and s.own_key <> '' and not coalesce(s.ended, false)
), name as materialized (
    select distinct key from named
), size as materialized (
    select count(distinct key) filter (where taken) as taken from named
), recent as (
    -- lists of many departments take turns: as far back as two million objects, and three lists at least
    select l.batch_id, b.reference_date, l.keys, row_number() over later as place,
        sum(cardinality(l.keys)) over later as objects_so_far
    from meta.batch_list l join meta.batch b using (batch_id)
    where b.source = $1::text and b.status = 'done'
    window later as (order by l.batch_id desc)
), shared as materialized (
    select r.batch_id, r.reference_date, cardinality(r.keys) as objects, n.shared
    from recent r
    cross join lateral (select count(*) as shared from unnest(r.keys) k (key) join name using (key)) n
    where r.place <= 3 or r.objects_so_far <= 2000000
), chosen as materialized (
    select e.* from shared e, size z
    where z.taken > 0 and (2 * e.shared >= e.objects or 2 * e.shared >= z.taken)
    order by e.batch_id desc limit 1
)
select c.batch_id, c.reference_date, c.objects, (
    select count(*)
    from meta.batch_list l
    cross join unnest(l.keys) k (key)
    left join name n on n.key = k.key
    where l.batch_id = c.batch_id and n.key is null and ($1::text <> 'cameras' or exists (
        select from core.camera m join core.camera_state t using (camera_id)
        where m.record_key = k.key and upper_inf(t.valid_during))))
from chosen c

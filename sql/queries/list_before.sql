-- The latest full list of this source that is an earlier state of the file at hand: they share at least half of the one's
-- or the other's objects. Gives its batch, day, objects, and how many of them the file no longer names. A row in
-- quarantine still names its object where it bears a number. Records that ended since are not missed.
with named as (
    select coalesce(r.key, s.key) as key, s.reason is null as taken
    from stage_row s left join renumbered r using (row_no)
    where s.reason is null and not s.ended and s.key is not null
    union
    select s.own_key, false from stage_row s where s.reason is not null and s.own_key <> '' and not coalesce(s.ended, false)
), size as (
    select count(distinct key) filter (where taken) as taken from named
), earlier as (
    select l.batch_id, b.reference_date, cardinality(l.keys) as objects, l.keys,
        (select count(*) from unnest(l.keys) k (key) where k.key in (select key from named)) as shared
    from meta.batch_list l join meta.batch b using (batch_id)
    where b.source = $1::text and b.status = 'done'
    order by l.batch_id desc limit 6
), chosen as (
    select e.* from earlier e, size z
    where z.taken > 0 and (2 * e.shared >= e.objects or 2 * e.shared >= z.taken)
    order by e.batch_id desc limit 1
)
select c.batch_id, c.reference_date, c.objects, (
    select count(*) from unnest(c.keys) k (key)
    where k.key not in (select key from named) and ($1::text <> 'cameras' or k.key in (
        select left(m.camera_key, length(m.camera_key) - length(m.head_no::text) - 1)
        from core.camera m join core.camera_state t using (camera_id) where upper_inf(t.valid_during))))
from chosen c

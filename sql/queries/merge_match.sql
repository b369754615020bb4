-- Write the pairs of a run: new ones in, those that are otherwise now, and out those that nothing likens any more. A pair
-- of a record that has no cameras now stays as it was: it tells of the days when it had. Gives the pairs written, dropped.
with gone as (
    delete from core.same_record p
    where not exists (
            select from stage_match m where m.record_a = p.record_a and m.record_b = p.record_b)
        and exists (select from stage_record r where r.record_key = p.record_a)
        and exists (select from stage_record r where r.record_key = p.record_b)
    returning pair_id
), written as (
    insert into core.same_record as old (record_a, record_b, state, score, distance_m, parts, digest, batch_id)
    select m.record_a, m.record_b, m.state, m.score, m.distance_m, m.parts::jsonb, m.digest, b.batch_id
    from stage_match m
    cross join (select max(batch_id) as batch_id from meta.batch where source in ('cameras', 'survey') and status = 'done') b
    on conflict (record_a, record_b) do update set
        state = excluded.state, score = excluded.score, distance_m = excluded.distance_m, parts = excluded.parts,
        digest = excluded.digest, batch_id = excluded.batch_id
    where (old.state, old.score, old.distance_m, old.parts, old.digest)
        is distinct from (excluded.state, excluded.score, excluded.distance_m, excluded.parts, excluded.digest)
    returning pair_id
)
select (select count(*) from written), (select count(*) from gone)

-- What the registry's words tell of each camera's aim. The same words again write nothing; other words are a row of
-- their own, and the row of the words that a state bears is the one that counts. What was withdrawn stays so.
with said as (
    select c.camera_id, c.site_id, b.batch_id, b.reference_date, s.aim,
        s.aim -> 'detail' ->> 'text' as words,
        (s.aim ->> 'weight')::double precision as weight, nullif(s.aim -> 'lobes', 'null') as lobes,
        (s.aim ->> 'hfov_deg')::double precision as hfov_deg, (s.aim ->> 'range_m')::double precision as range_m
    from (select camera_key, aim::jsonb as aim from stage_camera where not retired and aim is not null) s
    join core.camera c using (camera_key)
    cross join stage_batch b
), mended as (
    -- more heads in the record, or a better reading of the same words
    update core.aim_evidence e set
        weight = s.weight, lobes = s.lobes, hfov_deg = s.hfov_deg, range_m = s.range_m, detail = s.aim -> 'detail',
        batch_id = s.batch_id
    from said s
    where e.camera_id = s.camera_id and e.site_id = s.site_id and e.source = 'view_text'
        and e.detail ->> 'text' = s.words and e.withdrawn_at is null
        and (e.weight, e.lobes, e.hfov_deg, e.range_m, e.detail)
            is distinct from (s.weight, s.lobes, s.hfov_deg, s.range_m, s.aim -> 'detail')
)
insert into core.aim_evidence
    (camera_id, site_id, source, observed_on, weight, lobes, hfov_deg, range_m, detail, recorded_by, batch_id)
select s.camera_id, s.site_id, 'view_text', s.reference_date, s.weight, s.lobes, s.hfov_deg, s.range_m,
    s.aim -> 'detail', 'golmok load', s.batch_id
from said s
where not exists (
    select from core.aim_evidence e
    where e.camera_id = s.camera_id and e.site_id = s.site_id and e.source = 'view_text'
        and e.detail ->> 'text' = s.words)
order by s.camera_id

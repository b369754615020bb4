-- The digest of all rows that coverage as at a day is computed from.
-- Fields of view carry digests of their own; of what comes by loads, counts and the rows that loads have changed tell
-- two states apart. A file that is loaded again and changes nothing leaves the digest as it was.
select md5(concat_ws('|',
    (select coalesce(string_agg(f.inputs_hash, ',' order by f.state_id, f.density_class, f.sight, f.counts), '')
        from api.field_at(:at) f),
    (select concat_ws(':', count(*), max(b.inputs_hash)) from api.aim_belief b where b.valid_during @> cast(:at as date)),
    (select string_agg(concat_ws(':', c.state_id, c.site_id, c.agency_id, c.purpose_code, c.status), ','
        order by c.state_id) from api.camera_at(:at) c),
    (select concat_ws(':', count(*), max(batch_id)) from api.alley),
    (select concat_ws(':', count(*), max(batch_id)) from api.building),
    (select concat_ws(':', count(*), max(batch_id)) from api.boundary),
    (select concat_ws(':', count(*), max(batch_id)) from api.lamp),
    (select concat_ws(':', count(*), max(batch_id)) from api.zone),
    (select coalesce(string_agg(z.zone_id::text, ',' order by z.zone_id), '') from api.zone_at(:at) z),
    (select coalesce(sum(n), 0) from api.incident_counts()),
    (select coalesce(sum(inserted + updated + retired), 0) from api.batch where status = 'done')
));

-- The digest of all that beliefs of aims are computed from: streets, cameras, evidence, and what cameras that somebody
-- looked through can see.
select md5(concat_ws('|', cast(:engine as text),
    (select concat_ws(':', count(*), max(batch_id)) from api.alley),
    (select md5(coalesce(string_agg(concat_ws(':', s.state_id, s.site_id, s.kind, s.heading_deg, s.tilt_deg, s.valid_during), ','
        order by s.state_id), '')) from api.camera_state s where s.status = 'active'),
    (select concat_ws(':', count(*), max(evidence_id), max(batch_id), count(withdrawn_at)) from api.aim_evidence),
    (select coalesce(max(batch_id), 0) from api.batch where source = 'police' and status = 'done'),
    (select md5(coalesce(string_agg(f.inputs_hash, ',' order by f.state_id), ''))
        from api.field_of_view f
        where f.density_class = 'monitor' and f.counts
            and f.camera_id in (
                select camera_id from api.aim_evidence where place is not null
                -- of supplied footage which cameras, and nothing of the cases
                union all
                select c.camera_id from core.police_record r join core.camera c using (camera_key)
                where r.kind = 'supply' and r.geom is not null and r.used is not null))
));

-- What is known of the staged records: each camera's last state, and the day its file described.
create temporary table known on commit drop as
select distinct on (c.camera_id)
    c.camera_id, c.camera_key, c.head_no, c.site_id, s.state_id, s.valid_during, s.row_hash,
    upper_inf(s.valid_during) as open, coalesce(b.reference_date, lower(s.valid_during)) as said_on,
    c.record_key as row_key, g.name_ko as agency, p.geom
from core.camera c
join core.camera_state s using (camera_id)
join core.site p using (site_id)
join core.agency g on g.agency_id = s.agency_id
left join meta.batch b on b.batch_id = s.batch_id
where c.record_key in (select row_key from stage_camera)
order by c.camera_id, lower(s.valid_during) desc

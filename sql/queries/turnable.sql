-- What turning some cameras to a place takes, as at a day: mount height (NULL unknown) and the presets of each.
select s.camera_id, s.height_m,
    coalesce((
        select jsonb_agg(jsonb_build_object('preset_no', p.preset_no, 'heading_deg', p.heading_deg, 'tilt_deg', p.tilt_deg)
            order by p.preset_no)
        from api.preset p where p.camera_id = s.camera_id
    ), '[]'::jsonb) as presets
from unnest(cast(:cameras as bigint[])) wanted (camera_id)
join api.camera_state s using (camera_id)
where s.status = 'active' and s.valid_during @> cast(:at as date)
order by s.camera_id;

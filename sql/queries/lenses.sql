-- What is known of the lens, the light and the round of some cameras as at a day; NULL is unknown.
-- Presets come as one list a camera, empty for one without.
select s.camera_id, s.kind, s.height_m, s.tilt_deg, s.focal_mm, s.hfov_deg, s.sensor_w_mm, s.image_w_px, s.image_h_px,
    s.ir_range_m,
    coalesce((
        select jsonb_agg(jsonb_build_object('heading_deg', p.heading_deg, 'tilt_deg', p.tilt_deg,
            'hfov_deg', p.hfov_deg, 'dwell_s', p.dwell_s) order by p.preset_no)
        from api.preset p where p.camera_id = s.camera_id
    ), '[]'::jsonb) as presets
-- A list would make the database read every camera: joined, each is found by its index.
from unnest(cast(:camera_ids as bigint[])) wanted (camera_id)
join api.camera_state s using (camera_id)
where s.status = 'active' and s.valid_during @> cast(:at as date);

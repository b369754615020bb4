-- What bears on a question of who could have recorded a place: whether lamps and buildings are loaded, whether the health of
-- cameras was ever told, and the day from which the first camera hung (NULL: none).
select exists (select from api.lamp) as lamps, exists (select from api.building) as walls,
    exists (select from api.camera_status)
        or exists (select from api.batch where source in ('status', 'health') and status = 'done') as health,
    (select min(lower(valid_during)) from api.camera_state) as first_camera;

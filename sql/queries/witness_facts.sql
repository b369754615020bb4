-- What bears on a question of who could have recorded a place: whether lamps are loaded, and from when on any camera hung.
select exists (select from api.lamp) as lamps, (select min(lower(valid_during)) from api.camera_state) as first_camera;

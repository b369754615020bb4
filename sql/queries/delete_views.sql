-- Take away what the last nightly run saw.
delete from core.camera_view;

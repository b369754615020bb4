-- A temporary table for what a survey found, one row a camera; presets as JSON.
create temporary table stage_survey (
    row_no int, camera_key text, surveyed_on date, heading_deg real, tilt_deg real, focal_mm real, hfov_deg real,
    sensor_w_mm real, sensor_h_mm real, image_w_px int, image_h_px int, height_m real, kind text, model text,
    ir_range_m real, presets text
) on commit drop

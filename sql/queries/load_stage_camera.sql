-- A temporary table for cameras of a registry, one row a head.
create temporary table stage_camera (
    row_no int, camera_key text, row_key text, head_no int, heads int, site_key text, site_name text,
    address_road text, address_lot text, geom geometry(Point, {srid}), agency text, purpose_code text, further text,
    kind text, heading_deg real, tilt_deg real, height_m real, hfov_deg real, pixels int, image_w_px int,
    image_h_px int, view_text text, retention_days int, aim_source text, installed_on date, retired boolean,
    row_hash bytea, aim text
) on commit drop

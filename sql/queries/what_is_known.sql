-- How much is known, as at a day, of each thing that a figure rests on: what, known, of (NULL where none was ever loaded).
with camera as materialized (
    select * from api.camera_at(:at)
), building as (
    select count(*) as n, count(height_m) as measured, count(sight_height_m) as high from api.building
), alley as (
    select count(*) as n, count(width_m) as wide, count(lit) as lit from api.alley
)
select what, known, nullif(whole, 0) as of
from (
    select 1 as place, 'heading' as what, count(heading_deg) as known, count(*) as whole from camera
    union all select 2, 'lens', count(*) filter (where focal_mm is not null or hfov_deg is not null), count(*) from camera
    union all select 3, 'pixels', count(*) filter (where pixels is not null or image_w_px is not null), count(*) from camera
    union all select 4, 'height', count(height_m), count(*) from camera
    union all select 5, 'tilt', count(tilt_deg), count(*) from camera
    union all select 6, 'ir_range', count(ir_range_m), count(*) from camera
    union all select 7, 'surveyed', count(surveyed_on), count(*) from camera
    union all select 8, 'retention', count(retention_days), count(*) from camera
    union all select 9, 'building_height', high, n from building
    union all select 10, 'building_measured', measured, n from building
    union all select 11, 'alley_width', wide, n from alley
    union all select 12, 'alley_lit', lit, n from alley
) as facts
order by place;

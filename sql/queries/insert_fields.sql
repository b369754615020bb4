-- Take over the staged fields of view; those of their states were deleted before.
insert into core.field_of_view
    (state_id, density_class, sight, counts, geom, area_m2, near_m, far_m, slope, offset_m, variants, model,
    inputs_hash, computed_from)
select state_id, density_class, sight, counts, shape, st_area(shape), near_m, far_m, slope, offset_m, variants, model,
    inputs_hash, computed_from::jsonb
from (
    select s.*, st_multi(st_collectionextract(st_setsrid(st_geomfromwkb(geom), $1::int), 3)) as shape
    from staged_field s
) staged;

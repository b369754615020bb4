-- Copies of every field of view, moved as their cameras are.
insert into core.field_of_view (state_id, density_class, sight, counts, geom, area_m2, near_m, far_m, slope, offset_m,
    model, inputs_hash, computed_from, computed_at, variants)
select state_id + n * 1000000, density_class, sight, counts,
    st_translate(geom, n % :wide * :step_m, n / :wide * :step_m), area_m2, near_m, far_m, slope, offset_m, model,
    inputs_hash, computed_from, computed_at, variants
from core.field_of_view, generate_series(:first, :copies) n
where state_id < 1000000;

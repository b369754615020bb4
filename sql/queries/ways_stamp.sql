-- A name for all that a net is computed from beside who works and who may be used: streets, certain and possible views of a
-- class, presets, walls. It changes when a load, or a new computation of views, changes any of them.
select concat_ws('|',
    (select concat_ws(':', count(*), max(batch_id), max(alley_id), count(*) filter (where tunnel)) from api.way),
    (select concat_ws(':', count(*), sum(state_id), extract(epoch from max(computed_at))) from api.field_of_view
        where density_class = :density_class),
    (select concat_ws(':', count(*), max(preset_id), sum(heading_deg)) from api.preset),
    (select exists(select from api.building))
) as stamp;

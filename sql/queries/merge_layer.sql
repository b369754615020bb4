-- Name a layer, or bring what is said of it up to date; give its number.
insert into core.layer as old (name, title_ko, title_en, geometry_kind, origin, reference_date)
select $1::text, nullif($2::text, ''), nullif($3::text, ''), nullif($4::text, ''), nullif($5::text, ''), reference_date
from stage_batch
on conflict (name) do update set
    title_ko = coalesce(excluded.title_ko, old.title_ko), title_en = coalesce(excluded.title_en, old.title_en),
    geometry_kind = excluded.geometry_kind, origin = coalesce(excluded.origin, old.origin),
    reference_date = greatest(excluded.reference_date, old.reference_date)
returning layer_id

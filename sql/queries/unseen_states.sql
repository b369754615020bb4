-- Whether an active camera at a day has no field of view at all for a class: then answers about sight are incomplete.
select exists (
    select from api.camera_at(:at) c
    where not exists (
        select from api.field_of_view f where f.state_id = c.state_id and f.density_class = :density_class
    )
);

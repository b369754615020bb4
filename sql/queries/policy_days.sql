-- The district's day, and the day that its registries of cameras speak of. For the role golmok_public.
select api.today() as today, api.public_reference_date() as registry;

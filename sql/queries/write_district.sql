-- Write the one district that this database is about.
insert into meta.district (name, name_ko, name_en, srid, timezone, invented, center, settings)
values (:name, :name_ko, :name_en, :srid, :timezone, :invented,
    st_setsrid(st_makepoint(:lon, :lat), 4326), cast(:settings as jsonb))
on conflict (name) do update set
    name_ko = excluded.name_ko, name_en = excluded.name_en, srid = excluded.srid, timezone = excluded.timezone,
    invented = excluded.invented, center = excluded.center, settings = excluded.settings;

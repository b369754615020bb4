-- What was before a change: triggers keep it, functions tell it. Whole statements are looked at, not rows: a load merges
-- thousands of buildings in one.

create or replace function core.day_of_change(batch_id bigint) returns date
language sql stable
begin atomic
    select coalesce(
        (select b.reference_date from meta.batch b where b.batch_id = day_of_change.batch_id),
        (now() at time zone coalesce((select district.timezone from meta.district), 'UTC'))::date
    );
end;
comment on function core.day_of_change is
    'The day from which a change holds: that of the load''s file, else (NULL: by hand) today on the district''s clocks.';

create or replace function core.keep_building_history() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' then
        insert into core.building_history (building_id, building_key, name, height_m, floors, geom, until, batch_id)
        select o.building_id, o.building_key, o.name, o.height_m, o.floors, o.geom,
            core.day_of_change(change.batch_id), change.batch_id
        from was o
        join fresh n using (building_id)
        -- a change that no load made does not bear the load of before
        cross join lateral (
            select case when n.batch_id is distinct from o.batch_id then n.batch_id end as batch_id
        ) change;
    elsif tg_op = 'DELETE' then
        insert into core.building_history (building_id, building_key, name, height_m, floors, geom, until)
        select o.building_id, o.building_key, o.name, o.height_m, o.floors, o.geom, core.day_of_change(null)
        from was o;
    -- The buildings of a district's first load are taken to have stood always. A load may come in several statements.
    -- PostgreSQL queues what an "on conflict" updated before what it inserted: the history then is not empty.
    elsif exists (select from core.building_history) or exists (
        select from core.building b
        where (b.batch_id is null or b.batch_id is distinct from (select n.batch_id from fresh n limit 1))
            and not exists (select from fresh n where n.building_id = b.building_id)
    ) then
        insert into core.building_history (building_id, building_key, until, batch_id)
        select n.building_id, n.building_key, core.day_of_change(n.batch_id), n.batch_id from fresh n;
    end if;
    return null;
end
$$;
comment on function core.keep_building_history is 'Keep what buildings were before a statement changed them.';

create or replace trigger building_inserted after insert on core.building
referencing new table as fresh for each statement execute function core.keep_building_history();
create or replace trigger building_updated after update on core.building
referencing old table as was new table as fresh for each statement execute function core.keep_building_history();
create or replace trigger building_deleted after delete on core.building
referencing old table as was for each statement execute function core.keep_building_history();

create or replace function core.keep_camera_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.camera_move (camera_id, site_id, until, batch_id)
    select o.camera_id, o.site_id, core.day_of_change(change.batch_id), change.batch_id
    from was o
    join fresh n using (camera_id)
    cross join lateral (
        select case when n.batch_id is distinct from o.batch_id then n.batch_id end as batch_id
    ) change
    where o.site_id <> n.site_id;
    return null;
end
$$;
comment on function core.keep_camera_moves is 'Keep where cameras hung before a statement moved them.';

create or replace trigger camera_updated after update on core.camera
referencing old table as was new table as fresh for each statement execute function core.keep_camera_moves();

create function api.building_at(at date default api.today())
returns table (
    building_id bigint, building_key text, name text, height_m double precision, floors int,
    sight_height_m double precision, geom geometry(MultiPolygon, {srid})
)
language sql stable
begin atomic
    with before as (
        -- The first change that came in of those that hold from a later day: what was before it stood on this one.
        select distinct on (h.building_key) h.building_id, h.building_key, h.name, h.height_m, h.floors, h.geom
        from core.building_history h
        where h.until > building_at.at
        order by h.building_key, h.history_id
    ), stood as (
        select b.building_id, b.building_key, b.name, b.height_m, b.floors, b.geom
        from core.building b
        where not exists (select from before where before.building_key = b.building_key)
        union all
        select before.building_id, before.building_key, before.name, before.height_m, before.floors, before.geom
        from before where before.geom is not null
    )
    select s.building_id, s.building_key, s.name, s.height_m, s.floors,
        core.building_height_m(s.height_m, s.floors), s.geom
    from stood s;
end;
comment on function api.building_at is
    'The buildings as they stood on a day, as far as loads have told; those of the first load have stood always.';

create function api.camera_hung_at(at date default api.today())
returns table (camera_id bigint, site_id bigint, site_name text, geom geometry(Point, {srid}))
language sql stable
begin atomic
    select distinct on (m.camera_id) m.camera_id, m.site_id, coalesce(s.name, s.address_road), s.geom
    from core.camera_move m join core.site s using (site_id)
    where m.until > camera_hung_at.at
    order by m.camera_id, m.move_id;
end;
comment on function api.camera_hung_at is
    'Cameras that hung elsewhere on a day than they do now, and where; all others hang where they always hung.';

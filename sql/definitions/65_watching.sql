-- From answer to screen: what decides whether a camera may be opened, and what is told of openings and sightings.
-- All that reads these tables runs with the owner's rights: names and reasons leave them for nobody but the owner.

create or replace function core.ground_holding(incident_key text, place geometry) returns bigint
language sql stable
-- The last recorded of those that hold. One of an incident holds wherever it leads; one of a place, round that place.
begin atomic
    select g.ground_id from meta.emergency_ground g
    where clock_timestamp() between g.at and g.at + make_interval(mins => g.minutes)
        and case when g.incident_key is not null then g.incident_key = ground_holding.incident_key
            else st_dwithin(g.place, ground_holding.place, g.radius_m) end
    order by g.ground_id desc
    limit 1;
end;
comment on function core.ground_holding is
    'Number of the emergency ground that holds now for an incident or a place (district CRS); NULL where none does.';

create or replace function core.class_deciding(incident_key text, told text) returns text
language sql stable
-- What the page says of a loaded incident counts for nothing: its own class decides.
begin atomic
    select coalesce((
        -- As app.services.grounds.class_of: whoever keeps the file may write 401 as 0401, 401.0 or 401-1.
        select substring(btrim(normalize(i.class_code, nfkc)) from '^0*([1-6][0-9]{2})(?:[.-][0-9]+)?$') from core.incident i
        where i.incident_key = class_deciding.incident_key
    ), class_deciding.told);
end;
comment on function core.class_deciding is
    '112 class that decides on the use of cameras: the loaded incident''s own, else the one that is told.';

create or replace function core.use_of_camera(camera_id bigint, incident_class text)
returns table (allowed boolean, ground text)
language sql stable
begin atomic
    select u.allowed, p.legal_ground
    from core.camera_state s
    join core.purpose p using (purpose_code)
    cross join lateral core.use_of(s.purpose_code, array(
        select f.purpose_code from core.camera_purpose f where f.state_id = s.state_id
    ), use_of_camera.incident_class) u
    where s.camera_id = use_of_camera.camera_id and s.status = 'active' and s.valid_during @> core.day_of_change(null);
end;
comment on function core.use_of_camera is
    'Whether a camera as it is today may be used for a 112 class (NULL: none told), and its ground; no row for one that is gone.';

create or replace function meta.decide_opening() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    new.class_code := core.class_deciding(new.incident_key, new.class_code);
    select u.allowed, u.ground into new.use_allowed, new.use_ground
    from core.use_of_camera(new.camera_id, new.class_code) u;
    if not found then
        raise exception 'the camera hangs nowhere today' using errcode = 'check_violation', constraint = 'camera_hangs';
    end if;
    new.ground_id := case when new.use_allowed is false then core.ground_holding(new.incident_key, new.place) end;
    if new.use_allowed is false and new.ground_id is null then
        raise exception 'the camera was installed for another purpose, and no emergency ground holds'
            using errcode = 'check_violation', constraint = 'emergency_ground_needed';
    end if;
    return new;
end
$$;
comment on function meta.decide_opening is
    'Find whether the purposes of a camera allow that it is opened, and the emergency ground where they do not; refuse it without.';

create or replace trigger camera_opening_decided before insert on meta.camera_opening
for each row execute function meta.decide_opening();

create or replace function meta.require_incident() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if new.incident_key is not null
        and not exists (select from core.incident i where i.incident_key = new.incident_key) then
        raise exception 'no incident has this key' using errcode = 'check_violation', constraint = 'incident_known';
    end if;
    return new;
end
$$;
comment on function meta.require_incident is
    'Refuse a row about an incident that is not loaded. No foreign key: the log outlives the incident.';

do $$
declare
    name text;
begin
    foreach name in array array['emergency_ground', 'camera_opening', 'sighting'] loop
        execute format('create or replace trigger %I before insert on meta.%I '
            'for each row execute function meta.require_incident()', name || '_about', name);
    end loop;
    foreach name in array array['emergency_ground', 'camera_opening', 'sighting', 'sighting_undone'] loop
        execute format('create or replace trigger %I before update or delete or truncate on meta.%I '
            'for each statement execute function meta.refuse_change()', name || '_stays', name);
    end loop;
end
$$;

create function api.ground_in_force(incident_key text, point geometry)
returns table (ground_id bigint, ground text, since timestamptz, until timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select g.ground_id, g.ground, g.at, g.at + make_interval(mins => g.minutes)
    from meta.emergency_ground g
    where g.ground_id = core.ground_holding(ground_in_force.incident_key, st_transform(ground_in_force.point, {srid}));
end;
comment on function api.ground_in_force is
    'The emergency ground that holds now for an incident or a point of any CRS: number, ground, from when, until when.';

create function api.shift_views(since timestamptz[], until timestamptz[], shift int[])
returns table (
    shift int, incidents bigint, opened bigint, seen bigint, opened_median_s double precision,
    opened_p90_s double precision, seen_median_s double precision, seen_p90_s double precision
)
language sql stable security definer set search_path = pg_catalog, pg_temp
-- Never by person, and no time of fewer than five incidents: one alone would be an incident's own. A view a day late is
-- no answer to a call. An outbox may tell a call seconds before the clock that it bears: that is at once, not before.
begin atomic
    with call as (
        select span.shift, i.incident_key, i.occurred_at
        from unnest(shift_views.since, shift_views.until, shift_views.shift) span (since, until, shift)
        join core.incident i on i.occurred_at >= span.since and i.occurred_at < span.until
        where not i.exercise and not i.false_alarm and not i.repeat_call and i.time_precision = 'minute'
    ), view as (
        select call.shift, case when o.at is not null then
                extract(epoch from greatest(o.at, call.occurred_at) - call.occurred_at) end as opened_s,
            case when s.at is not null then
                extract(epoch from greatest(s.at, call.occurred_at) - call.occurred_at) end as seen_s
        from call
        left join lateral (
            select o.at from meta.camera_opening o
            where o.incident_key = call.incident_key and o.at < call.occurred_at + interval '1 day'
            order by o.at limit 1
        ) o on true
        left join lateral (
            select s.at - make_interval(secs => s.late_s) as at from meta.sighting s
            where s.incident_key = call.incident_key and s.seen and s.at < call.occurred_at + interval '1 day'
                and not exists (select from meta.sighting_undone u where u.sighting_id = s.sighting_id)
            order by 1 limit 1
        ) s on true
    ), told as (
        select view.shift, count(*) as incidents, count(view.opened_s) as opened, count(view.seen_s) as seen,
            percentile_cont(array[0.5, 0.9]) within group (order by view.opened_s) as opened_s,
            percentile_cont(array[0.5, 0.9]) within group (order by view.seen_s) as seen_s
        from view
        group by grouping sets ((view.shift), ())
    )
    select told.shift, told.incidents, told.opened, told.seen,
        case when told.opened >= 5 then told.opened_s[1] end, case when told.opened >= 5 then told.opened_s[2] end,
        case when told.seen >= 5 then told.seen_s[1] end, case when told.seen >= 5 then told.seen_s[2] end
    from told
    order by told.shift nulls last;
end;
comment on function api.shift_views is
    'Seconds from a call to its first opened camera and to the first sight of its place, by shift (the last row, NULL, is '
    'of all): median and 90th percentile, from five incidents on. since, until, shift: the spans. Counts alone, no person.';

create function api.sights_denied()
returns table (
    camera_id bigint, denied bigint, confirmed bigint, places bigint, last_day date
)
language sql stable security definer set search_path = pg_catalog, pg_temp
-- A later answer from the same camera about the same spot replaces an earlier one: people look twice.
begin atomic
    with answer as (
        select distinct on (s.camera_id, st_snaptogrid(s.place, 1)) s.camera_id, s.seen, s.at
        from meta.sighting s
        where s.told = 'certain'
            and not exists (select from meta.sighting_undone u where u.sighting_id = s.sighting_id)
        order by s.camera_id, st_snaptogrid(s.place, 1), s.sighting_id desc
    )
    select a.camera_id, count(*) filter (where not a.seen), count(*) filter (where a.seen), count(*),
        max((a.at at time zone d.timezone)::date) filter (where not a.seen)
    from answer a cross join meta.district d
    group by a.camera_id
    having count(*) filter (where not a.seen) > 0
    order by 2 desc, 1;
end;
comment on function api.sights_denied is
    'Cameras that were told to see places certainly and of which operators said that they do not: places denied, confirmed, '
    'in all, and the last day of a denial.';

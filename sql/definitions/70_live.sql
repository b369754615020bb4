-- What just happened: triggers write it to the outbox, in the transaction that changed the state, and wake who listens.
-- Nothing is computed here. Whole statements are looked at, not rows, and a statement on old rows alone writes nothing.

create or replace function core.open_since() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select clock_timestamp() - make_interval(secs => 3600 * coalesce(
        (select (d.settings -> 'live' ->> 'open_hours')::double precision from meta.district d), 24));
end;
comment on function core.open_since is 'The moment before which an incident is open no longer, closed or not: a setting, else 24 hours ago.';

create or replace function core.is_open(closing_code text, exercise boolean, false_alarm boolean, repeat_call boolean)
returns boolean
language sql immutable parallel safe
return closing_code is null and not exercise and not false_alarm and not repeat_call;
comment on function core.is_open is 'Whether an incident of these marks is open: not closed, no exercise, no false alarm, no repeated call.';

create or replace function core.take_live_turn() returns void
language sql volatile set search_path = pg_catalog, pg_temp
-- Held to the end of the transaction: numbers are given in the order of the commits, and a reader who asks for what
-- came after a number misses nothing that was numbered earlier and committed later.
return pg_advisory_xact_lock(hashtextextended('golmok_live', 0));
comment on function core.take_live_turn is 'Wait for the turn to write events, and hold it until the transaction ends.';

create or replace function core.tell_incidents() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    since constant timestamptz := core.open_since();
    last bigint;
begin
    if tg_op = 'INSERT' then
        if not exists (select from fresh n where n.occurred_at > since and not n.exercise) then
            return null;
        end if;
        perform core.take_live_turn();
        with told as (
            insert into meta.live_event (kind, incident_key)
            select case when core.is_open(n.closing_code, n.exercise, n.false_alarm, n.repeat_call)
                then 'incident' else 'closed' end, n.incident_key
            from fresh n where n.occurred_at > since and not n.exercise
            order by n.incident_id
            returning event_id
        )
        select max(event_id) into last from told;
    else
        if not exists (select from fresh n where n.occurred_at > since)
            and not exists (select from was o where o.occurred_at > since)
        then
            return null;
        end if;
        perform core.take_live_turn();
        with now_open as (
            select n.incident_id, n.incident_key,
                core.is_open(n.closing_code, n.exercise, n.false_alarm, n.repeat_call) as open
            from fresh n where n.occurred_at > since and not n.exercise
        ), left_the_board as (
            -- turned out to be an exercise, or of another day
            select o.incident_id, o.incident_key from was o
            where o.occurred_at > since and core.is_open(o.closing_code, o.exercise, o.false_alarm, o.repeat_call)
                and not exists (select from now_open n where n.incident_id = o.incident_id)
        ), told as (
            insert into meta.live_event (kind, incident_key)
            select case when each.open then 'incident' else 'closed' end, each.incident_key
            from (select * from now_open union all select l.incident_id, l.incident_key, false from left_the_board l) each
            order by each.incident_id
            returning event_id
        )
        select max(event_id) into last from told;
    end if;
    if last is not null then
        perform pg_notify('golmok_live', last::text);
    end if;
    return null;
end
$$;
comment on function core.tell_incidents is 'Write each recent incident of a statement to the outbox, exercises apart, and wake who listens.';

create or replace trigger incident_inserted after insert on core.incident
referencing new table as fresh for each statement execute function core.tell_incidents();
create or replace trigger incident_updated after update on core.incident
referencing old table as was new table as fresh for each statement execute function core.tell_incidents();

create or replace function core.tell_health() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    recent constant tstzrange := tstzrange(core.open_since(), null);
    changed bigint[];
    last bigint;
begin
    if tg_op = 'INSERT' then
        changed := array(select n.camera_id from fresh n where n.down_during && recent);
    elsif tg_op = 'DELETE' then
        changed := array(select o.camera_id from was o where o.down_during && recent);
    else
        changed := array(
            select n.camera_id from fresh n where n.down_during && recent
            union select o.camera_id from was o where o.down_during && recent);
    end if;
    if cardinality(changed) = 0 then
        return null;
    end if;
    perform core.take_live_turn();
    with told as (
        insert into meta.live_event (kind, camera_key)
        select 'health', c.camera_key from core.camera c where c.camera_id = any (changed)
        order by c.camera_id
        returning event_id
    )
    select max(event_id) into last from told;
    if last is not null then
        perform pg_notify('golmok_live', last::text);
    end if;
    return null;
end
$$;
comment on function core.tell_health is 'Write each camera whose recent outages a statement changed to the outbox, and wake who listens.';

create or replace trigger camera_status_inserted after insert on core.camera_status
referencing new table as fresh for each statement execute function core.tell_health();
create or replace trigger camera_status_updated after update on core.camera_status
referencing old table as was new table as fresh for each statement execute function core.tell_health();
create or replace trigger camera_status_deleted after delete on core.camera_status
referencing old table as was for each statement execute function core.tell_health();

create view api.live_event with (security_invoker = true) as
select event_id, at, kind, incident_key, camera_key from meta.live_event;
comment on view api.live_event is 'What just happened: keys of incidents and cameras alone, no place and no person.';

create function api.read_open_incidents(
    purpose text, as_role text, by_whom text default null, only_key text default null
)
returns table (
    incident_id bigint, incident_key text, occurred_at timestamptz, class_code text, class_name text,
    urgency smallint, origin text, bell_key text, placed_by text, place_confidence real, geom geometry(Point, {srid})
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    since constant timestamptz := core.open_since();
    given bigint;
begin
    if as_role is null or as_role not in ('operator', 'auditor', 'analysis') then
        raise exception 'the precise point is for an operator, an auditor or an analysis, not for %', coalesce(as_role, 'nobody')
            using errcode = 'insufficient_privilege';
    end if;
    return query
        select i.incident_id, i.incident_key, i.occurred_at, i.class_code, i.class_name, i.urgency, i.origin,
            i.bell_key, i.placed_by, i.place_confidence, i.geom
        from core.incident i
        where i.occurred_at > since and core.is_open(i.closing_code, i.exercise, i.false_alarm, i.repeat_call)
            and (only_key is null or i.incident_key = only_key)
        -- the most urgent first, and of equals the latest
        order by i.urgency nulls last, i.occurred_at desc, i.incident_id desc;
    get diagnostics given = row_count;
    perform core.note_access('core.incident', why, given, jsonb_strip_nulls(jsonb_build_object(
        'open', true, 'incident_key', only_key, 'precise_for', as_role)), 'read', by_whom);
end
$$;
comment on function api.read_open_incidents is
    'The open incidents with every point as it is, or of these the one of a key; for as_role operator, auditor or analysis. '
    'A purpose is required; each call leaves a row in the access log that says for which role.';

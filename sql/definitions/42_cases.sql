-- Which cameras could have recorded a place is told for an open case alone, and each question leaves one row in the access log.
-- As in 40_guarded_reads.sql: owner's rights, search path pinned, the trace first.

create or replace function meta.keep_case() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and old.closed_at is null and new.closed_by is not null
        and (new.case_id, new.case_no, new.office, new.ground, new.opened_at, new.opened_by, new.opened_login)
            = (old.case_id, old.case_no, old.office, old.ground, old.opened_at, old.opened_by, old.opened_login) then
        -- When, and by which login, is not for the writer to say.
        new.closed_at := clock_timestamp();
        new.closed_login := session_user;
        return new;
    end if;
    raise exception 'a case is opened and closed once, never changed' using errcode = 'insufficient_privilege';
end
$$;
comment on function meta.keep_case is 'Let a case be closed once, by somebody, and nothing else of it be changed.';

create or replace trigger case_file_stays_row
before update or delete on meta.case_file
for each row execute function meta.keep_case();
create or replace trigger case_file_stays
before truncate on meta.case_file
for each statement execute function meta.keep_case();

create function api.open_case(no text)
returns table (case_id bigint, case_no text, office text, ground text, opened_at timestamptz, opened_by text)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select c.case_id, c.case_no, c.office, c.ground, c.opened_at, c.opened_by
    from meta.case_file c
    where c.case_no = btrim(open_case.no) and c.closed_at is null;
end;
comment on function api.open_case is 'The open case of a number, no row where none such is open. Cases are told by their number alone.';

create or replace function core.lonlat(place geometry) returns jsonb
language sql immutable parallel safe
begin atomic
    select jsonb_build_object('lon', round(st_x(st_transform(place, 4326))::numeric, 7),
        'lat', round(st_y(st_transform(place, 4326))::numeric, 7));
end;
comment on function core.lonlat is 'Longitude and latitude of a point, degrees, as the access log tells a place.';

create function api.recording(
    place geometry, radius_m double precision, since timestamptz, until timestamptz
)
returns table (
    state_id bigint, camera_id bigint, in_force tstzrange, retention_days int, down jsonb, geom geometry(Point, {srid})
)
language sql stable
-- States in which a camera hung at some moment between since and until, and whose view at any class touches the circle. Days
-- are those of the district's clocks; down: the outages that fall into the time, cut to it.
begin atomic
    with clocks as (
        select coalesce((select d.timezone from meta.district d), 'UTC') as zone,
            st_buffer(st_transform(recording.place, {srid}), recording.radius_m, 64) as circle
    ), hung as (
        select s.state_id, s.camera_id, s.retention_days, clocks.circle,
            tstzrange(lower(s.valid_during)::timestamp at time zone clocks.zone,
                upper(s.valid_during)::timestamp at time zone clocks.zone)
                * tstzrange(recording.since, recording.until, '[]') as in_force
        from clocks
        cross join api.counted_state s
        where s.status = 'active' and s.valid_during && daterange((recording.since at time zone clocks.zone)::date,
            (recording.until at time zone clocks.zone)::date, '[]')
    )
    select h.state_id, h.camera_id, h.in_force, h.retention_days,
        coalesce((
            select jsonb_agg(jsonb_build_object('from', lower(d.during), 'until', upper(d.during), 'reason', d.reason)
                order by lower(d.during))
            from (
                select o.down_during * h.in_force as during, o.reason
                from core.camera_status o where o.camera_id = h.camera_id and o.down_during && h.in_force
            ) d
        ), '[]'),
        site.geom
    from hung h
    join core.camera c using (camera_id)
    join core.site site using (site_id)
    where not isempty(h.in_force) and exists (
        select from core.field_of_view f where f.state_id = h.state_id and st_intersects(f.geom, h.circle)
    )
    order by h.camera_id, lower(h.in_force);
end;
comment on function api.recording is
    'States of cameras in whose view a circle lay at some moment of a time, with outages and retention. It leaves no trace, and so '
    'no role but the owner may run it: api.could_have_recorded does.';

create function api.could_have_recorded(
    no text, place geometry, radius_m double precision, since timestamptz, until timestamptz, by_whom text default null
)
returns table (
    state_id bigint, camera_id bigint, in_force tstzrange, retention_days int, down jsonb, geom geometry(Point, {srid})
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    named constant text := btrim(no);
    ground_in_law text;
    given bigint;
begin
    select c.ground into ground_in_law from meta.case_file c where c.case_no = named and c.closed_at is null;
    if ground_in_law is null then
        raise exception 'no case % is open: who could have recorded a place is told for an open case alone', named
            using errcode = 'insufficient_privilege';
    end if;
    select count(distinct r.camera_id) into given from api.recording(place, radius_m, since, until) r;
    perform core.note_access('witness', 'case ' || named || ', ' || ground_in_law, given, core.lonlat(place) || jsonb_build_object(
        'case_no', named, 'radius_m', radius_m, 'since', since, 'until', until), 'read', by_whom);
    return query select * from api.recording(place, radius_m, since, until);
end
$$;
comment on function api.could_have_recorded is
    'Which cameras could have recorded a place within radius_m metres from since to until, for an open case alone: a row a '
    'state, in_force the part of the time, down the outages in it. Each call leaves a row in the access log that counts cameras.';

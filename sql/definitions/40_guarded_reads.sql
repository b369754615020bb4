-- The one door to points of persons' lives. These run with the owner's rights (security definer, search path pinned),
-- write who asked, when, why and for how many rows, and only then give them.
-- A reader who rolls back takes the row of the log with it; so the same goes to the server's log as well, which no
-- transaction undoes and no role here can write or silence. `who` is what the app says of its user (app.user), and a
-- person may say anything; `login` is who really connected.

create or replace function core.require_purpose(purpose text) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    if purpose is null or btrim(purpose) = '' then
        raise exception 'say why these points are read: purpose is blank' using errcode = 'check_violation';
    end if;
    return btrim(purpose);
end
$$;
comment on function core.require_purpose is 'The purpose given, trimmed; refuses none and a blank one.';

drop function if exists core.note_access(text, text, bigint, jsonb);
create or replace function core.note_access(
    object text, purpose text, given bigint, detail jsonb, action text default 'read', by_whom text default null
) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    who constant text := coalesce(nullif(btrim(by_whom), ''), nullif(current_setting('app.user', true), ''), session_user);
    role constant text := coalesce(nullif(current_setting('role'), 'none'), session_user);
begin
    -- As JSON, so that a line break in a purpose begins no line of its own.
    raise log 'golmok access: %', jsonb_build_object(
        'login', session_user, 'who', who, 'role', role, 'action', action, 'object', object, 'purpose', purpose,
        'rows', given, 'detail', detail);
    insert into meta.access_log (who, login, role, action, object, purpose, rows, detail)
    values (who, session_user, role, action, object, purpose, given, detail);
end
$$;
comment on function core.note_access is
    'Write one row of the access log for a read, and one line of the server''s log, which a rollback leaves.';

create or replace function core.plain_word(words text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return lower(regexp_replace(normalize(words, nfkc), '[\s!-/:-@\[-`{-~·・ㆍ]', '', 'g'));
comment on function core.plain_word is 'Words without case, spaces and marks, as core.sensitive_class.plain has them.';

create or replace function core.sensitive_cell_m(class_code text, class_words text) returns real
language sql stable set search_path = pg_catalog, pg_temp
-- Whoever keeps the file may write 107 as 0107, 107.0 or 107-1, and a word where the code belongs.
begin atomic
    with asked as (
        select regexp_replace(btrim(normalize(sensitive_cell_m.class_code, nfkc)), '^0*([1-9][0-9]*)([.-][0-9]+)?$', '\1') as code,
            core.plain_word(concat_ws(' ', sensitive_cell_m.class_code, sensitive_cell_m.class_words)) as words
    )
    select max(c.cell_m) from core.sensitive_class c, asked
    where c.code = asked.code or position(c.plain in asked.words) > 0;
end;
comment on function core.sensitive_cell_m is
    'Side in metres of the grid cell that stands for a place of this class; NULL where the class is not sensitive.';

create or replace function core.coarse_place(place geometry, cell_m real) returns geometry
language sql immutable parallel safe
-- The grid begins at the origin of the district's CRS, so that no cell depends on what is loaded.
begin atomic
    select case when coarse_place.cell_m is null then coarse_place.place else
        st_setsrid(st_makepoint(
            (floor(st_x(coarse_place.place) / coarse_place.cell_m) + 0.5) * coarse_place.cell_m,
            (floor(st_y(coarse_place.place) / coarse_place.cell_m) + 0.5) * coarse_place.cell_m
        ), st_srid(coarse_place.place)) end;
end;
comment on function core.coarse_place is 'The middle of the grid cell that a point lies in; the point itself without a cell.';

create or replace function core.raw_told(content jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
-- Blank, and not the middle of a cell: whoever mends the row might load that as its place.
begin atomic
    select case
        when content ->> 'table' not in ('call', 'accident', 'mapped', 'mapped_shape', 'supply', 'crime')
            or core.sensitive_cell_m(content ->> 'class_code', concat_ws(' ', content ->> 'class_name', content ->> 'category'))
                is null
        then content
        else (
            select jsonb_object_agg(cell.key, case
                when cell.key = 'geometry' then 'null'::jsonb
                when cell.key in ('lat', 'lon', 'x_utmk', 'y_utmk', 'address', 'place', 'bell_no') then '""'::jsonb
                else cell.value end)
            from jsonb_each(content) cell(key, value))
    end;
end;
comment on function core.raw_told is
    'A refused row as it is told: of a sensitive class without coordinates, shape and address.';

create function api.read_incidents(since timestamptz, until timestamptz, purpose text, only_key text default null)
returns table (
    incident_id bigint, incident_key text, occurred_at timestamptz, class_code text, class_name text,
    urgency smallint, closing_code text, exercise boolean, false_alarm boolean, repeat_call boolean, origin text,
    geom geometry(Point, {srid}), place_m real, placed_by text, place_confidence real, time_precision text
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    given bigint;
begin
    return query
        select i.incident_id, i.incident_key, i.occurred_at, i.class_code, i.class_name,
            i.urgency, i.closing_code, i.exercise, i.false_alarm, i.repeat_call, i.origin,
            core.coarse_place(i.geom, cell.side_m), cell.side_m, i.placed_by, i.place_confidence,
            i.time_precision
        from core.incident i
        cross join lateral (select core.sensitive_cell_m(i.class_code, i.class_name) as side_m) cell
        where i.occurred_at >= since and i.occurred_at < until and (only_key is null or i.incident_key = only_key)
        order by i.occurred_at, i.incident_id;
    get diagnostics given = row_count;
    perform core.note_access('core.incident', why, given,
        jsonb_strip_nulls(jsonb_build_object('since', since, 'until', until, 'incident_key', only_key)));
end
$$;
comment on function api.read_incidents is
    'Incidents from since up to, not with, until, or of these the one of a key alone. Of sensitive classes the point is the '
    'middle of a grid cell of place_m metres. A purpose is required; each call leaves a row in the access log.';

create function api.read_incident_points(
    since timestamptz, until timestamptz, purpose text, as_role text, only_key text default null
)
returns table (
    incident_id bigint, incident_key text, occurred_at timestamptz, class_code text, class_name text,
    urgency smallint, closing_code text, exercise boolean, false_alarm boolean, repeat_call boolean, origin text,
    geom geometry(Point, {srid})
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    given bigint;
begin
    -- `analysis`: a computation whose answer names no incident, such as a share or the risk of a street.
    if as_role is null or as_role not in ('operator', 'auditor', 'analysis') then
        raise exception 'the precise point is for an operator, an auditor or an analysis, not for %', coalesce(as_role, 'nobody')
            using errcode = 'insufficient_privilege';
    end if;
    return query
        select i.incident_id, i.incident_key, i.occurred_at, i.class_code, i.class_name,
            i.urgency, i.closing_code, i.exercise, i.false_alarm, i.repeat_call, i.origin, i.geom
        from core.incident i
        where i.occurred_at >= since and i.occurred_at < until and (only_key is null or i.incident_key = only_key)
        order by i.occurred_at, i.incident_id;
    get diagnostics given = row_count;
    perform core.note_access('core.incident', why, given, jsonb_strip_nulls(jsonb_build_object(
        'since', since, 'until', until, 'incident_key', only_key, 'precise_for', as_role)));
end
$$;
comment on function api.read_incident_points is
    'The same with every point as it is, for as_role operator, auditor or analysis; another is refused. A purpose is '
    'required; each call leaves a row in the access log that says for which role.';

create function api.read_police_records(since timestamptz, until timestamptz, purpose text)
returns table (
    record_id bigint, record_key text, kind text, occurred_at timestamptz, recipient text, legal_ground text,
    document_no text, category text, camera_key text, footage_during tstzrange, used boolean, outcome text,
    geom geometry(Point, {srid}), place_m real, time_precision text
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    given bigint;
begin
    return query
        select r.record_id, r.record_key, r.kind, r.occurred_at, r.recipient, r.legal_ground,
            r.document_no, r.category, r.camera_key, r.footage_during, r.used, r.outcome,
            core.coarse_place(r.geom, cell.side_m), cell.side_m, r.time_precision
        from core.police_record r
        cross join lateral (select core.sensitive_cell_m(null, r.category) as side_m) cell
        where r.occurred_at >= since and r.occurred_at < until
        order by r.occurred_at, r.record_id;
    get diagnostics given = row_count;
    perform core.note_access('core.police_record', why, given, jsonb_build_object('since', since, 'until', until));
end
$$;
comment on function api.read_police_records is
    'Police records from since up to, not with, until; places of sensitive classes as api.read_incidents tells them. A purpose is required; each call leaves a row in the access '
    'log.';

create function api.read_footage_evidence(purpose text)
returns table (camera_id bigint, observed_on date, weight double precision, place geometry(Point, {srid}), seen boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    given bigint;
begin
    -- Nothing of a case is copied out of the ledger: what leaves it leaves this too. The weights are assumptions:
    -- footage that was of use mostly shows the place; what was of none may show it all the same (too dark, nobody
    -- there), unless the ledger says that the place was out of sight (사각).
    return query
        select c.camera_id,
            (coalesce(lower(r.footage_during), r.occurred_at) at time zone d.timezone)::date,
            case when r.used then 0.8 when r.outcome like '%사각%' then 0.6 else 0.1 end::double precision,
            r.geom, r.used
        from core.police_record r
        join core.camera c using (camera_key)
        cross join meta.district d
        where r.kind = 'supply' and r.geom is not null and r.used is not null
            -- the middle of a cell would say nothing of where a camera looks
            and core.sensitive_cell_m(null, r.category) is null
        order by c.camera_id, r.record_id;
    get diagnostics given = row_count;
    if given > 0 then
        perform core.note_access('core.police_record', why, given, jsonb_build_object('footage_evidence', true));
    end if;
end
$$;
comment on function api.read_footage_evidence is
    'Places that footage was supplied for, and whether it was of use; none of sensitive classes. A purpose is required; a call that gives any row '
    'leaves one in the access log.';

create function api.read_refusals(batch bigint, purpose text)
returns table (
    refusal_id bigint, batch_id bigint, row_no int, reasons text[], severity text, raw jsonb, created_at timestamptz,
    line_no int
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    given bigint;
begin
    return query
        select r.refusal_id, r.batch_id, r.row_no, r.reasons, r.severity, core.raw_told(r.raw), r.created_at, r.line_no
        from meta.refusal r
        where r.batch_id = batch
        order by r.row_no, r.refusal_id;
    get diagnostics given = row_count;
    perform core.note_access('meta.refusal', why, given, jsonb_build_object('batch_id', batch));
end
$$;
comment on function api.read_refusals is
    'The refused rows of a load as they were read; of sensitive classes without their place. A purpose is required; each call leaves a row in the access log.';

create function api.read_open_refusals(of_source text, of_batch bigint, of_reason text, purpose text)
returns table (
    batch_id bigint, source text, file_name text, notes jsonb, row_no int, line_no int, reasons text[], severity text,
    raw jsonb, mark text
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
    given bigint;
begin
    return query
        select o.batch_id, o.source, o.file_name, b.notes, o.row_no, o.line_no, o.reasons, o.severity, core.raw_told(r.raw),
            core.refusal_mark(o.batch_id, o.row_no)
        from api.open_refusal o
        join meta.refusal r using (refusal_id)
        join meta.batch b on b.batch_id = o.batch_id
        where (of_source is null or o.source = of_source) and (of_batch is null or o.batch_id = of_batch)
            and (of_reason is null or of_reason = any (o.reasons))
        order by o.batch_id, o.row_no, o.refusal_id;
    get diagnostics given = row_count;
    perform core.note_access('meta.refusal', why, given, jsonb_strip_nulls(jsonb_build_object(
        'source', of_source, 'batch_id', of_batch, 'reason', of_reason)));
end
$$;
comment on function api.read_open_refusals is
    'Refused rows that no later file repaired, as they were read, of a source, a load and a reason (NULL: all), each with '
    'the mark of the column golmok_refusal; those of sensitive classes without their place. A purpose is required; each call leaves a row in the access log.';

create function api.note_export(what text, by_whom text, purpose text, given bigint, detail jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    why constant text := core.require_purpose(purpose);
begin
    perform core.note_access(what, why, given, detail, 'export', by_whom);
end
$$;
comment on function api.note_export is
    'Write the trace of an export that leaves the house: what, who takes it, why, how many records. Gives nothing.';

create function api.read_report(report bigint, by_whom text, purpose text) returns json
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    found record;
begin
    select r.edition, r.sha256, r.figures into found from meta.report r where r.report_id = report;
    -- An internal one names places: it is given as any internal export is.
    if found.edition = 'internal' then
        perform core.note_access('report', core.require_purpose(purpose), 1,
            jsonb_build_object('report_id', report, 'sha256', found.sha256), 'export', by_whom);
    end if;
    return found.figures;
end
$$;
comment on function api.read_report is
    'The figures of a kept report, NULL for none of that number. An internal one asks for a purpose and leaves a row in '
    'the access log.';

-- Counts name no place and no person: no trace.

create function api.incident_counts(since timestamptz default '-infinity', until timestamptz default 'infinity')
returns table (
    month date, class_code text, class_name text, urgency smallint, exercise boolean, false_alarm boolean,
    repeat_call boolean, origin text, n bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select date_trunc('month', i.occurred_at at time zone d.timezone)::date, i.class_code, i.class_name, i.urgency,
        i.exercise, i.false_alarm, i.repeat_call, i.origin, count(*)
    from core.incident i cross join meta.district d
    where i.occurred_at >= since and i.occurred_at < until
    group by 1, 2, 3, 4, 5, 6, 7, 8
    order by 1, 2, 3, 4, 5, 6, 7, 8;
$$;
comment on function api.incident_counts is 'Incidents by month (local), class and urgency: counts alone.';

create function api.police_record_counts(since timestamptz default '-infinity', until timestamptz default 'infinity')
returns table (
    month date, kind text, recipient text, legal_ground text, category text, used boolean, n bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select date_trunc('month', r.occurred_at at time zone d.timezone)::date, r.kind, r.recipient, r.legal_ground,
        r.category, r.used, count(*)
    from core.police_record r cross join meta.district d
    where r.occurred_at >= since and r.occurred_at < until
    group by 1, 2, 3, 4, 5, 6
    order by 1, 2, 3, 4, 5, 6;
$$;
comment on function api.police_record_counts is 'Police records by month (local), kind, ground and use: counts alone.';

create function api.incident_places()
returns table (
    origin text, n bigint, by_coordinates bigint, by_address bigint, unplaced bigint, exact bigint,
    confidence_low double precision, confidence_median double precision, shared_points bigint, on_shared bigint,
    repeat_callers bigint, exercises bigint, false_alarms bigint, repeat_calls bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    with shared as (
        select s.origin, count(*) as points, sum(s.here)::bigint as here
        from (select i.origin, i.geom, count(*) as here from core.incident i where i.geom is not null
            group by i.origin, i.geom having count(*) >= 10) s
        group by s.origin
    ), callers as (
        select c.origin, count(*) filter (where c.calls > 1) as n from (
            select i.origin, count(*) as calls from core.incident i where i.caller is not null
            group by i.origin, i.caller) c
        group by c.origin
    )
    select i.origin, count(*), count(*) filter (where i.geom is not null and i.placed_by is distinct from 'address'),
        count(*) filter (where i.placed_by = 'address'), count(*) filter (where i.geom is null),
        count(*) filter (where i.place_confidence = 1), min(i.place_confidence)::double precision,
        percentile_cont(0.5) within group (order by i.place_confidence::double precision)
            filter (where i.place_confidence is not null),
        coalesce(max(shared.points), 0), coalesce(max(shared.here), 0), max(callers.n),
        count(*) filter (where i.exercise), count(*) filter (where i.false_alarm), count(*) filter (where i.repeat_call)
    from core.incident i left join shared using (origin) left join callers using (origin)
    group by i.origin
    order by i.origin;
end;
comment on function api.incident_places is
    'How incidents came by their places, by origin; points shared by ten and more; callers who called again; flags. Counts '
    'alone.';

create function api.incident_counts_by_dong(since timestamptz default '-infinity', until timestamptz default 'infinity')
returns table (
    month date, dong_code text, dong_ko text, dong_en text, class_code text, class_name text, n bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select date_trunc('month', i.occurred_at at time zone d.timezone)::date, b.code, b.name_ko, b.name_en,
        i.class_code, i.class_name, count(*)
    from core.incident i
    cross join meta.district d
    left join lateral (
        -- a call on the border of two dong counts in one
        select dong.code, dong.name_ko, dong.name_en from core.boundary dong
        where dong.level = 'dong' and st_covers(dong.geom, i.geom) order by dong.code limit 1
    ) b on true
    where i.occurred_at >= since and i.occurred_at < until and not i.exercise and not i.repeat_call
        and not i.false_alarm
    group by 1, 2, 3, 4, 5, 6
    order by 1, 2, 5;
end;
comment on function api.incident_counts_by_dong is
    'Incidents by month (local), dong and class, without exercises, repeated calls and false alarms: counts alone.';

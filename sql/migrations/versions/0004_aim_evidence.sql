-- What is known of where cameras look. A belief is made of these rows; no row is a camera's aim itself.

create table core.aim_evidence (
    evidence_id bigint generated always as identity primary key,
    camera_id bigint not null references core.camera,
    site_id bigint not null references core.site,
    source text not null check (source in ('view_text', 'check', 'footage', 'survey', 'pose')),
    observed_on date not null,
    weight double precision not null check (weight between 0 and 1),
    lobes jsonb,
    place geometry(Point, {srid}) check (not st_isempty(place)),
    seen boolean,
    tilt_deg double precision check (tilt_deg between -10 and 90),
    tilt_spread_deg double precision check (tilt_spread_deg > 0 and tilt_spread_deg <= 90),
    hfov_deg double precision check (hfov_deg > 0 and hfov_deg <= 360),
    range_m double precision check (range_m > 0 and range_m < 'infinity'),
    detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
    recorded_by text not null default coalesce(nullif(current_setting('app.user', true), ''), session_user)
        check (btrim(recorded_by) <> ''),
    recorded_at timestamptz not null default now(),
    batch_id bigint references meta.batch,
    withdrawn_by text check (btrim(withdrawn_by) <> ''),
    withdrawn_at timestamptz,
    -- each lobe that is one is counted: a path that meets another form of value would be silent about it
    constraint a_mixture_of_lobes check (
        jsonb_typeof(lobes) = 'array' and lobes <> '[]' and lobes = jsonb_path_query_array(
            lobes, 'strict $[*] ? (@.size() == 3 && @[0] >= 0 && @[0] < 360 && @[1] > 0 && @[1] <= 180 && @[2] > 0
                && @[2] <= 1)', '{}', true)),
    constraint a_place_is_seen_or_not check ((place is null) = (seen is null)),
    constraint lobes_or_a_place check (lobes is null or place is null),
    constraint a_tilt_has_its_spread check ((tilt_deg is null) = (tilt_spread_deg is null)),
    constraint who_withdrew check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table core.aim_evidence is
    'What bears on where a camera looks, with source, date and weight. Rows are withdrawn, never deleted.';
comment on column core.aim_evidence.evidence_id is 'Number of the row; `golmok verify --undo` takes it.';
comment on column core.aim_evidence.camera_id is 'The camera.';
comment on column core.aim_evidence.site_id is 'Where it hung then: of a camera that was moved since, the row tells nothing.';
comment on column core.aim_evidence.source is
    'view_text (the registry''s words), check (an operator looked), footage (a supply), survey (a measured aim) or '
    'pose (ties of a picture to the map).';
comment on column core.aim_evidence.observed_on is 'The day it was observed; of a registry''s words the day of the file.';
comment on column core.aim_evidence.weight is
    'How far it is trusted, 0..1: with 1 - weight the row tells nothing. An assumption by source and class.';
comment on column core.aim_evidence.lobes is
    'Likely headings, [[heading_deg, spread_deg, share], ...]: wrapped normals of one standard deviation each; shares '
    'sum to 1. NULL: it tells no heading.';
comment on column core.aim_evidence.place is 'A place that was seen, or was not; district CRS.';
comment on column core.aim_evidence.seen is 'Whether the camera saw the place.';
comment on column core.aim_evidence.tilt_deg is 'Degrees below the horizontal.';
comment on column core.aim_evidence.tilt_spread_deg is 'One standard deviation of the tilt.';
comment on column core.aim_evidence.hfov_deg is 'Angle of view, horizontal; of a text as it says, 180 and more too.';
comment on column core.aim_evidence.range_m is 'How far the camera is said to reach; of a range its far end.';
comment on column core.aim_evidence.detail is 'What else is known: class and words of a text, height and errors of a pose.';
comment on column core.aim_evidence.recorded_by is 'Who recorded it: the person, else the database''s user.';
comment on column core.aim_evidence.recorded_at is 'When it was recorded.';
comment on column core.aim_evidence.batch_id is 'The load that wrote it; NULL: a person did.';
comment on column core.aim_evidence.withdrawn_by is 'Who took it back.';
comment on column core.aim_evidence.withdrawn_at is 'When it was taken back; NULL: it stands.';
create index aim_evidence_by_camera on core.aim_evidence (camera_id, source);
create index aim_evidence_place on core.aim_evidence using gist (place);

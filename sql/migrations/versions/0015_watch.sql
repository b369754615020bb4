-- From answer to screen: which camera was opened for what, on which ground, and whether the place was seen. A picture is
-- never kept, nor who was in it. Rows are only ever added; when, by which login and whether the purpose allowed it is not
-- for the writer to say.
create table meta.emergency_ground (
    ground_id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    minutes int not null check (minutes between 1 and 1440),
    ground text not null check (ground in ('life_body_property', 'public_safety')),
    who text not null check (btrim(who) <> ''),
    login text not null default session_user,
    reason text not null check (btrim(reason) <> '' and length(reason) <= 500),
    incident_key text check (incident_key <> ''),
    place geometry(Point, {srid}),
    radius_m real not null check (radius_m between 1 and 1000),
    constraint of_incident_or_place check ((incident_key is null) <> (place is null))
);
comment on table meta.emergency_ground is
    'Grounds on which cameras installed for another purpose were opened: for one incident or place, for a time. Rows are only added.';
comment on column meta.emergency_ground.ground_id is 'Number of the ground.';
comment on column meta.emergency_ground.at is 'When it was recorded; it holds from then.';
comment on column meta.emergency_ground.minutes is 'How long it holds; nothing but time ends it.';
comment on column meta.emergency_ground.ground is
    'life_body_property: urgent danger to life, body or property (PIPA 18(2) 3); public_safety: urgent for public safety (18(2) 10).';
comment on column meta.emergency_ground.who is 'Who recorded it, as signed in or as typed.';
comment on column meta.emergency_ground.login is 'The database''s user who connected, whatever name was given.';
comment on column meta.emergency_ground.reason is 'Why, in words.';
comment on column meta.emergency_ground.incident_key is 'The incident that it holds for; NULL where it holds for a place.';
comment on column meta.emergency_ground.place is 'The place that it holds for, district CRS; NULL where it holds for an incident.';
comment on column meta.emergency_ground.radius_m is 'How far from its place it holds, metres.';

create table meta.camera_opening (
    opening_id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    who text not null default coalesce(nullif(current_setting('app.user', true), ''), session_user) check (who <> ''),
    login text not null default session_user,
    camera_id bigint not null references core.camera,
    incident_key text check (incident_key <> ''),
    class_code text,
    place geometry(Point, {srid}) not null,
    use_allowed boolean,
    use_ground text,
    ground_id bigint references meta.emergency_ground,
    constraint emergency_ground_needed check (use_allowed is distinct from false or ground_id is not null)
);
comment on table meta.camera_opening is
    'Cameras that were opened in the centre''s video system, written before they open. Rows are only added.';
comment on column meta.camera_opening.opening_id is 'Number of the opening.';
comment on column meta.camera_opening.at is 'When.';
comment on column meta.camera_opening.who is 'Who opened it, for the audit alone: no figure tells it.';
comment on column meta.camera_opening.login is 'The database''s user who connected, whatever name was given.';
comment on column meta.camera_opening.camera_id is 'The camera.';
comment on column meta.camera_opening.incident_key is 'The incident that it was opened for; NULL where only a place was asked about.';
comment on column meta.camera_opening.class_code is
    '112 class that decided on its use: the incident''s own where it is loaded, else as told; NULL where none was.';
comment on column meta.camera_opening.place is 'The place that was to be seen, district CRS.';
comment on column meta.camera_opening.use_allowed is
    'Whether its purposes allow it for that class, as found when it was written; NULL where no class was told.';
comment on column meta.camera_opening.use_ground is 'The ground on which the camera was installed (PIPA 25(1)), as then.';
comment on column meta.camera_opening.ground_id is 'The emergency ground in force on which it was opened; NULL where none was needed.';
create index camera_opening_by_incident on meta.camera_opening (incident_key) where incident_key is not null;
create index camera_opening_by_time on meta.camera_opening (at);

create table meta.sighting (
    sighting_id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    late_s real not null default 0 check (late_s between 0 and 86400),
    who text not null default coalesce(nullif(current_setting('app.user', true), ''), session_user) check (who <> ''),
    login text not null default session_user,
    camera_id bigint not null references core.camera,
    incident_key text check (incident_key <> ''),
    place geometry(Point, {srid}) not null,
    density_class text not null check (density_class <> ''),
    told text not null check (told in ('certain', 'possible', 'none')),
    seen boolean not null
);
comment on table meta.sighting is
    'Whether an operator saw a place on a camera''s picture. No picture, no words, no person. Rows are only added.';
comment on column meta.sighting.sighting_id is 'Number of the sighting.';
comment on column meta.sighting.at is 'When it was written.';
comment on column meta.sighting.late_s is 'How long before that the key was pressed, where the database was away; seconds.';
comment on column meta.sighting.who is 'Who looked, for the audit alone: no figure tells it.';
comment on column meta.sighting.login is 'The database''s user who connected, whatever name was given.';
comment on column meta.sighting.camera_id is 'The camera on whose picture it was looked for.';
comment on column meta.sighting.incident_key is 'The incident whose place it is; NULL where only a place was asked about.';
comment on column meta.sighting.place is 'The place, district CRS.';
comment on column meta.sighting.density_class is 'The class that the answer was asked for.';
comment on column meta.sighting.told is 'What the answer told of the camera: that it sees the place certainly, possibly, or not.';
comment on column meta.sighting.seen is 'Whether the place is on the picture.';
create index sighting_by_incident on meta.sighting (incident_key) where incident_key is not null;
create index sighting_by_camera on meta.sighting (camera_id);

create table meta.sighting_undone (
    sighting_id bigint primary key references meta.sighting,
    at timestamptz not null default clock_timestamp(),
    who text not null default coalesce(nullif(current_setting('app.user', true), ''), session_user) check (who <> ''),
    login text not null default session_user
);
comment on table meta.sighting_undone is 'Sightings that were a slip of the key: they stay, and count no more. Rows are only added.';
comment on column meta.sighting_undone.sighting_id is 'The sighting that counts no more.';
comment on column meta.sighting_undone.at is 'When it was taken back.';
comment on column meta.sighting_undone.who is 'Who took it back.';
comment on column meta.sighting_undone.login is 'The database''s user who connected.';

-- What changed: buildings as they stood before, poles that cameras left, and what the nightly run saw last.

create table core.building_history (
    history_id bigint generated always as identity primary key,
    building_id bigint not null,
    building_key text not null,
    name text,
    height_m double precision,
    floors int,
    geom geometry(MultiPolygon, {srid}),
    until date not null,
    batch_id bigint references meta.batch,
    changed_at timestamptz not null default now()
);
comment on table core.building_history is
    'What a building was before it changed; kept by triggers. Of buildings that never changed nothing stands here.';
comment on column core.building_history.history_id is 'Number of the change, in the order in which they came in.';
comment on column core.building_history.building_id is 'Number of the building; it may be gone.';
comment on column core.building_history.building_key is 'Key in the source.';
comment on column core.building_history.name is 'Name until then.';
comment on column core.building_history.height_m is 'Height until then; NULL is unknown.';
comment on column core.building_history.floors is 'Floors above the ground until then.';
comment on column core.building_history.geom is 'Outline until then, district CRS; NULL where nothing stood yet.';
comment on column core.building_history.until is
    'First day of what came after: the day of the load''s file, else the day on which it changed.';
comment on column core.building_history.batch_id is 'The load that changed it; NULL when it was changed by hand.';
comment on column core.building_history.changed_at is 'When we came to know.';
create index building_history_by_key on core.building_history (building_key, history_id);
create index building_history_geom on core.building_history using gist (geom);

create table core.camera_move (
    move_id bigint generated always as identity primary key,
    camera_id bigint not null references core.camera on delete cascade,
    site_id bigint not null references core.site on delete cascade,
    until date not null,
    batch_id bigint references meta.batch,
    changed_at timestamptz not null default now()
);
comment on table core.camera_move is 'Where a camera hung before it was moved to another site; kept by a trigger.';
comment on column core.camera_move.move_id is 'Number of the move, in the order in which they came in.';
comment on column core.camera_move.camera_id is 'The camera.';
comment on column core.camera_move.site_id is 'The site it left.';
comment on column core.camera_move.until is
    'First day at the next site: the day of the load''s file, else the day on which it was changed.';
comment on column core.camera_move.batch_id is 'The load that moved it; NULL when it was moved by hand.';
comment on column core.camera_move.changed_at is 'When we came to know.';
create index camera_move_by_camera on core.camera_move (camera_id, move_id);

create table meta.job_run (
    run_id bigint generated always as identity primary key,
    job text not null check (job <> ''),
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz check (finished_at >= started_at),
    answer jsonb check (jsonb_typeof(answer) = 'object')
);
comment on table meta.job_run is 'Runs of jobs that come back, such as the nightly one.';
comment on column meta.job_run.run_id is 'Number of the run.';
comment on column meta.job_run.job is 'Which job: nightly.';
comment on column meta.job_run.started_at is 'When it began.';
comment on column meta.job_run.finished_at is 'When it ended; NULL while it runs, and for ever when it was killed.';
comment on column meta.job_run.answer is 'What it answered, as the command printed it.';
create index job_run_latest on meta.job_run (job, run_id desc);

create table core.camera_view (
    camera_id bigint primary key references core.camera on delete cascade,
    camera_key text not null,
    run_id bigint not null references meta.job_run,
    density_class text not null,
    sight text not null check (sight in ('certain', 'possible')),
    site_id bigint not null,
    optics jsonb not null check (jsonb_typeof(optics) = 'object'),
    engine text not null,
    geom geometry(MultiPolygon, {srid}) not null
);
comment on table core.camera_view is 'What each active camera saw at the last nightly run: what the next one compares with.';
comment on column core.camera_view.camera_id is 'The camera.';
comment on column core.camera_view.camera_key is 'Its natural key.';
comment on column core.camera_view.run_id is 'The nightly run that saw it.';
comment on column core.camera_view.density_class is 'The class of density.';
comment on column core.camera_view.sight is 'certain: the aim was known; possible: whichever way it looks.';
comment on column core.camera_view.site_id is 'The site it hung on.';
comment on column core.camera_view.optics is 'Its kind, aim and lens as they were known.';
comment on column core.camera_view.engine is 'How its field of view was computed: version, classes, assumptions.';
comment on column core.camera_view.geom is 'Ground in sight, the reach of a turning camera left out; empty where there is none.';
create index camera_view_geom on core.camera_view using gist (geom);

create table core.ground_tile (
    digest text primary key check (digest <> ''),
    open_m2 double precision not null check (open_m2 >= 0 and open_m2 < 'infinity'),
    cells bytea not null,
    kept_on date not null default current_date
);
comment on table core.ground_tile is
    'Open ground worked out for coverage, by tile: after a building changed, the other tiles serve again. May be emptied.';
comment on column core.ground_tile.digest is 'Digest of the ground and the buildings it was worked out from.';
comment on column core.ground_tile.open_m2 is 'Area of the open ground.';
comment on column core.ground_tile.cells is 'A bit for each cell, row by row from the south-west: is its middle on open ground?';
comment on column core.ground_tile.kept_on is 'When it was worked out (UTC); after a month it is worked out anew.';

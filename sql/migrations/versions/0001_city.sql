-- The city: every table, with what is impossible and what each column means.
-- {srid} is the district's metric CRS. Run as golmok_owner; schema meta stands already, for the version.

create schema raw;
create schema core;
comment on schema meta is 'Loads, refusals, accesses: what happened to the rows.';
comment on schema raw is 'Rows as decoded and scrubbed; nothing else changed.';
comment on schema core is 'Checked objects of the city, each traced to its load.';

create table meta.batch (
    batch_id bigint generated always as identity primary key,
    source text not null check (source <> ''),
    file_name text,
    file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
    encoding text,
    form text,
    reference_date date,
    rows_in int not null default 0 check (rows_in >= 0),
    inserted int not null default 0 check (inserted >= 0),
    updated int not null default 0 check (updated >= 0),
    unchanged int not null default 0 check (unchanged >= 0),
    quarantined int not null default 0 check (quarantined >= 0),
    duplicates int not null default 0 check (duplicates >= 0),
    outside int not null default 0 check (outside >= 0),
    retired int not null default 0 check (retired >= 0),
    reasons jsonb not null default '{}' check (jsonb_typeof(reasons) = 'object'),
    repaired jsonb not null default '{}' check (jsonb_typeof(repaired) = 'object'),
    notes jsonb not null default '{}',
    status text not null default 'running' check (status in ('running', 'done', 'refused', 'failed')),
    invented boolean not null default false,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    seconds double precision check (seconds >= 0),
    constraint every_row_is_accounted_for
        check (status <> 'done' or rows_in =
            inserted + updated + unchanged + quarantined + duplicates + outside),
    constraint ends_after_it_begins check (finished_at >= started_at)
);
comment on table meta.batch is 'One load of one file: what came in and what became of each row.';
comment on column meta.batch.batch_id is 'Number of the load, cited wherever a figure is traced.';
comment on column meta.batch.source is 'Which source module read the file (cameras, juso, incidents, ...).';
comment on column meta.batch.file_name is 'Name of the file without its folder.';
comment on column meta.batch.file_sha256 is 'Digest of the file''s bytes, hexadecimal.';
comment on column meta.batch.encoding is 'Encoding the file was decoded with; NULL for binary formats.';
comment on column meta.batch.form is 'Which generation or form of the source was recognised.';
comment on column meta.batch.reference_date is 'The day the file describes, as it says itself.';
comment on column meta.batch.rows_in is 'Rows read.';
comment on column meta.batch.inserted is 'Rows that made a new object.';
comment on column meta.batch.updated is 'Rows that changed or retired an object.';
comment on column meta.batch.unchanged is 'Rows that said what was known.';
comment on column meta.batch.quarantined is 'Rows refused, kept in meta.refusal.';
comment on column meta.batch.duplicates is 'Rows that repeat another row of the file.';
comment on column meta.batch.outside is 'Rows of other districts.';
comment on column meta.batch.retired is 'Objects that the load ended.';
comment on column meta.batch.reasons is 'Reason code to number of refused rows.';
comment on column meta.batch.repaired is 'Repair code to number of repaired rows, of rows refused later too.';
comment on column meta.batch.notes is 'What else the source said of the file.';
comment on column meta.batch.status is 'running, done, refused (the whole input) or failed (our fault).';
comment on column meta.batch.invented is 'Whether the rows are invented, not real.';
comment on column meta.batch.started_at is 'When the load began.';
comment on column meta.batch.finished_at is 'When it ended; NULL while it runs.';
comment on column meta.batch.seconds is 'How long it took.';
create index batch_by_source on meta.batch (source, finished_at desc);

create table meta.refusal (
    refusal_id bigint generated always as identity primary key,
    batch_id bigint not null references meta.batch,
    row_no int not null check (row_no >= 1),
    reasons text[] not null check (cardinality(reasons) >= 1),
    severity text not null default 'error' check (severity in ('error', 'review')),
    raw jsonb not null,
    created_at timestamptz not null default now()
);
comment on table meta.refusal is 'A row in quarantine: refused with its reasons, or kept for review.';
comment on column meta.refusal.refusal_id is 'Number of the refusal.';
comment on column meta.refusal.batch_id is 'The load that met the row.';
comment on column meta.refusal.row_no is 'Number of the row in the file, the first after the header being 1.';
comment on column meta.refusal.reasons is 'Reason codes, the gravest first.';
comment on column meta.refusal.severity is 'error: not loaded; review: loaded, but someone should look.';
comment on column meta.refusal.raw is 'The row as read, scrubbed of addresses of machines and of persons.';
comment on column meta.refusal.created_at is 'When it was refused.';
create index refusal_by_batch on meta.refusal (batch_id, row_no);

create table meta.access_log (
    access_id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    who text not null default coalesce(nullif(current_setting('app.user', true), ''), session_user)
        check (who <> ''),
    role text not null default current_user,
    action text not null check (action <> ''),
    object text not null check (object <> ''),
    purpose text not null check (btrim(purpose) <> ''),
    rows int check (rows >= 0),
    detail jsonb not null default '{}'
);
comment on table meta.access_log is 'Who read what may not be read unseen, and why. Rows are only ever added.';
comment on column meta.access_log.access_id is 'Number of the access.';
comment on column meta.access_log.at is 'When.';
comment on column meta.access_log.who is 'The person (setting app.user), else the database''s user.';
comment on column meta.access_log.role is 'The role under which it was read.';
comment on column meta.access_log.action is 'What was done (read, export, ...).';
comment on column meta.access_log.object is 'What it was done to.';
comment on column meta.access_log.purpose is 'Why, in the reader''s words; never blank.';
comment on column meta.access_log.rows is 'How many rows were given.';
comment on column meta.access_log.detail is 'The bounds of the question.';
create index access_log_by_time on meta.access_log (at);

create table meta.district (
    name text primary key,
    name_ko text not null,
    name_en text not null,
    srid int not null check (srid = {srid}),
    timezone text not null,
    invented boolean not null,
    center geometry(Point, 4326),
    settings jsonb not null default '{}'
);
comment on table meta.district is 'The one district this database is about.';
comment on column meta.district.name is 'Short name, as in the database''s name and in data/districts.';
comment on column meta.district.name_ko is 'Name in Korean.';
comment on column meta.district.name_en is 'Name in English.';
comment on column meta.district.srid is 'EPSG code of the metric CRS of every geometry column.';
comment on column meta.district.timezone is 'Time zone of the district''s clocks (IANA name).';
comment on column meta.district.invented is 'Whether the district is invented; said in every answer.';
comment on column meta.district.center is 'Where a map opens, WGS84.';
comment on column meta.district.settings is 'Defaults, weights and retention as they stood when the district was last initialised.';
create unique index only_one_district on meta.district ((true));

create table raw.source_row (
    batch_id bigint not null references meta.batch,
    row_no int not null check (row_no >= 1),
    content jsonb not null,
    primary key (batch_id, row_no)
);
comment on table raw.source_row is 'Rows as decoded: scrubbed, nothing else changed.';
comment on column raw.source_row.batch_id is 'The load.';
comment on column raw.source_row.row_no is 'Number of the row in the file.';
comment on column raw.source_row.content is 'The row, column names as in the file.';

create table core.agency (
    agency_id bigint generated always as identity primary key,
    name_ko text unique not null check (btrim(name_ko) <> ''),
    name_en text
);
comment on table core.agency is 'Who owns cameras: a department or an institution.';
comment on column core.agency.agency_id is 'Number of the agency.';
comment on column core.agency.name_ko is 'Name as the registry writes it.';
comment on column core.agency.name_en is 'Name in English, where known.';

create table core.purpose (
    purpose_code text primary key,
    name_ko text not null,
    name_en text not null,
    legal_ground text not null check (legal_ground ~ '^25-1-[1-6]$'),
    density_class text not null
        check (density_class in ('monitor', 'detect', 'observe', 'recognise', 'identify', 'inspect'))
);
comment on table core.purpose is 'Why a camera may record, with its ground in law.';
comment on column core.purpose.purpose_code is 'Code of the purpose.';
comment on column core.purpose.name_ko is 'Name in the standard registry.';
comment on column core.purpose.name_en is 'Name in English.';
comment on column core.purpose.legal_ground is 'Article, paragraph and item of the Personal Information Protection Act that permits it.';
comment on column core.purpose.density_class is 'The class of sight that the purpose asks for.';

create table core.density_class (
    density_class text not null,
    standard_version text not null,
    px_per_m double precision not null check (px_per_m > 0 and px_per_m < 100000),
    rank int not null check (rank >= 1),
    name_ko text not null,
    name_en text not null,
    primary key (density_class, standard_version),
    unique (standard_version, rank)
);
comment on table core.density_class is 'Classes of pixel density on the target, by standard and version.';
comment on column core.density_class.density_class is 'Code of the class.';
comment on column core.density_class.standard_version is 'Year of IEC 62676-4.';
comment on column core.density_class.px_per_m is 'Least density across the target, pixels a metre.';
comment on column core.density_class.rank is 'Order within the version, 1 the coarsest.';
comment on column core.density_class.name_ko is 'Name in Korean.';
comment on column core.density_class.name_en is 'Name in English.';

create table core.site (
    site_id bigint generated always as identity primary key,
    site_key text unique not null check (site_key <> ''),
    name text,
    address_road text,
    address_lot text,
    geom geometry(Point, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.site is 'A pole or a wall: one point that bears cameras.';
comment on column core.site.site_id is 'Number of the site.';
comment on column core.site.site_key is 'Natural key: the coordinate as the registry gives it.';
comment on column core.site.name is 'Name, where it has one.';
comment on column core.site.address_road is 'Road address.';
comment on column core.site.address_lot is 'Lot address.';
comment on column core.site.geom is 'The point, district CRS.';
comment on column core.site.batch_id is 'The load that wrote the row last.';
comment on column core.site.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index site_geom on core.site using gist (geom);

create table core.camera (
    camera_id bigint generated always as identity primary key,
    camera_key text unique not null check (camera_key <> ''),
    site_id bigint not null references core.site,
    head_no int not null check (head_no >= 1),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.camera is 'One lens on a site: identity only; what can change is in core.camera_state.';
comment on column core.camera.camera_id is 'Number of the camera.';
comment on column core.camera.camera_key is 'Natural key: number of the install record, a hyphen, the head.';
comment on column core.camera.site_id is 'Where it hangs.';
comment on column core.camera.head_no is 'Which head of its install record.';
comment on column core.camera.batch_id is 'The load that wrote the row last.';
comment on column core.camera.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index camera_by_site on core.camera (site_id);

create table core.camera_state (
    state_id bigint generated always as identity primary key,
    camera_id bigint not null references core.camera,
    valid_during daterange not null check (not isempty(valid_during)),
    agency_id bigint not null references core.agency,
    purpose_code text not null references core.purpose,
    kind text check (kind in ('fixed', 'ptz', 'fisheye')),
    status text not null default 'active' check (status in ('active', 'retired')),
    heading_deg double precision check (heading_deg >= 0 and heading_deg < 360),
    tilt_deg double precision check (tilt_deg between -10 and 90),
    height_m double precision check (height_m between 0 and 120),
    focal_mm double precision check (focal_mm > 0 and focal_mm <= 5000),
    hfov_deg double precision check (hfov_deg > 0 and hfov_deg <= 360),
    sensor_w_mm double precision check (sensor_w_mm > 0 and sensor_w_mm <= 100),
    sensor_h_mm double precision check (sensor_h_mm > 0 and sensor_h_mm <= 100),
    image_w_px int check (image_w_px between 1 and 100000),
    image_h_px int check (image_h_px between 1 and 100000),
    pixels int check (pixels > 0),
    ir_range_m double precision check (ir_range_m between 0 and 2000),
    model text,
    view_text text,
    retention_days int check (retention_days between 1 and 3650),
    audio boolean not null default false check (audio = false),
    aim_source text check (aim_source in ('survey', 'datasheet', 'osm')),
    surveyed_on date,
    batch_id bigint references meta.batch,
    row_hash bytea,
    constraint one_state_at_a_time exclude using gist (camera_id with =, valid_during with &&)
);
comment on table core.camera_state is 'What a camera was during a period. NULL means unknown, never a guess.';
comment on column core.camera_state.state_id is 'Number of the state.';
comment on column core.camera_state.camera_id is 'The camera.';
comment on column core.camera_state.valid_during is 'Days on which this held; no two periods of a camera overlap.';
comment on column core.camera_state.agency_id is 'Who owned it.';
comment on column core.camera_state.purpose_code is 'Its first purpose, and so its ground in law.';
comment on column core.camera_state.kind is 'fixed, ptz (turns) or fisheye.';
comment on column core.camera_state.status is 'Only active states count.';
comment on column core.camera_state.heading_deg is 'Where it looks (a ptz: at home), degrees clockwise from north.';
comment on column core.camera_state.tilt_deg is 'Degrees below the horizon.';
comment on column core.camera_state.height_m is 'Height of the lens above the ground.';
comment on column core.camera_state.focal_mm is 'Focal length.';
comment on column core.camera_state.hfov_deg is 'Horizontal angle of the lens, as on its data sheet.';
comment on column core.camera_state.sensor_w_mm is 'Active width of the sensor.';
comment on column core.camera_state.sensor_h_mm is 'Active height of the sensor.';
comment on column core.camera_state.image_w_px is 'Width of the image.';
comment on column core.camera_state.image_h_px is 'Height of the image.';
comment on column core.camera_state.pixels is 'Pixels in all, as the registry says.';
comment on column core.camera_state.ir_range_m is 'How far its own infrared light reaches.';
comment on column core.camera_state.model is 'Maker and model.';
comment on column core.camera_state.view_text is 'What the registry says of its view, unread.';
comment on column core.camera_state.retention_days is 'Days that its footage is kept.';
comment on column core.camera_state.audio is 'Never: recording sound is unlawful.';
comment on column core.camera_state.aim_source is 'Where heading and lens come from.';
comment on column core.camera_state.surveyed_on is 'Day of the survey.';
comment on column core.camera_state.batch_id is 'The load that wrote the row last.';
comment on column core.camera_state.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index camera_state_when on core.camera_state using gist (valid_during);

create table core.camera_purpose (
    state_id bigint not null references core.camera_state on delete cascade,
    purpose_code text not null references core.purpose,
    primary key (state_id, purpose_code)
);
comment on table core.camera_purpose is 'Further purposes of a camera beside its first.';
comment on column core.camera_purpose.state_id is 'The state.';
comment on column core.camera_purpose.purpose_code is 'The further purpose.';

create table core.preset (
    preset_id bigint generated always as identity primary key,
    camera_id bigint not null references core.camera,
    preset_no int not null check (preset_no >= 1),
    heading_deg double precision not null check (heading_deg >= 0 and heading_deg < 360),
    tilt_deg double precision check (tilt_deg between -10 and 90),
    hfov_deg double precision check (hfov_deg > 0 and hfov_deg <= 360),
    dwell_s double precision check (dwell_s >= 0 and dwell_s <= 86400),
    home boolean not null default false,
    batch_id bigint references meta.batch,
    row_hash bytea,
    unique (camera_id, preset_no)
);
comment on table core.preset is 'Where a turning camera looks on its round.';
comment on column core.preset.preset_id is 'Number of the preset.';
comment on column core.preset.camera_id is 'The camera.';
comment on column core.preset.preset_no is 'Order on the round.';
comment on column core.preset.heading_deg is 'Degrees clockwise from north.';
comment on column core.preset.tilt_deg is 'Degrees below the horizon.';
comment on column core.preset.hfov_deg is 'Horizontal angle at this zoom.';
comment on column core.preset.dwell_s is 'Seconds it stays.';
comment on column core.preset.home is 'Whether it rests here.';
comment on column core.preset.batch_id is 'The load that wrote the row last.';
comment on column core.preset.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create unique index one_home_a_camera on core.preset (camera_id) where home;

create table core.camera_status (
    status_id bigint generated always as identity primary key,
    camera_id bigint not null references core.camera,
    down_during tstzrange not null check (not isempty(down_during)),
    reason text,
    batch_id bigint references meta.batch,
    row_hash bytea,
    constraint one_outage_at_a_time exclude using gist (camera_id with =, down_during with &&)
);
comment on table core.camera_status is 'Outages: when a camera gave no picture.';
comment on column core.camera_status.status_id is 'Number of the outage.';
comment on column core.camera_status.camera_id is 'The camera.';
comment on column core.camera_status.down_during is 'From when to when; open while it lasts.';
comment on column core.camera_status.reason is 'Why, where known.';
comment on column core.camera_status.batch_id is 'The load that wrote the row last.';
comment on column core.camera_status.row_hash is 'Digest of the row as loaded; equal means unchanged.';

create table core.field_of_view (
    state_id bigint not null references core.camera_state on delete cascade,
    density_class text not null
        check (density_class in ('monitor', 'detect', 'observe', 'recognise', 'identify', 'inspect')),
    sight text not null check (sight in ('certain', 'possible')),
    counts boolean not null default true,
    geom geometry(MultiPolygon, {srid}) not null,
    area_m2 double precision not null check (area_m2 >= 0),
    near_m double precision check (near_m <> 'NaN'),
    far_m double precision check (far_m <> 'NaN'),
    slope double precision check (slope >= 0),
    offset_m double precision check (offset_m <> 'NaN'),
    model text,
    inputs_hash text not null,
    computed_from jsonb not null default '{}',
    computed_at timestamptz not null default now(),
    primary key (state_id, density_class, sight)
);
comment on table core.field_of_view is 'What a camera sees of the ground in one state, for one class of density.';
comment on column core.field_of_view.state_id is 'The state.';
comment on column core.field_of_view.density_class is 'The class.';
comment on column core.field_of_view.sight is 'certain: the aim is known; possible: whichever way it looks.';
comment on column core.field_of_view.counts is 'False for the reach of a turning camera: it may look there, but no share counts it.';
comment on column core.field_of_view.geom is 'Ground in sight; empty where no ground reaches the class.';
comment on column core.field_of_view.area_m2 is 'Area of geom.';
comment on column core.field_of_view.near_m is 'Where the footprint begins, forward distance; negative where it passes behind the pole.';
comment on column core.field_of_view.far_m is 'Where the footprint ends, forward distance; not beyond near_m where there is none.';
comment on column core.field_of_view.slope is 'Half width of the footprint grows by this a metre forward.';
comment on column core.field_of_view.offset_m is 'Half width of the footprint at distance 0.';
comment on column core.field_of_view.model is 'Which optical model made it.';
comment on column core.field_of_view.inputs_hash is 'Digest of all that it was computed from.';
comment on column core.field_of_view.computed_from is 'Assumptions it was computed with (basis, image_w_px, ...).';
comment on column core.field_of_view.computed_at is 'When.';
create index field_of_view_geom on core.field_of_view using gist (geom);

create table core.building (
    building_id bigint generated always as identity primary key,
    building_key text unique not null check (building_key <> ''),
    name text,
    height_m double precision check (height_m > 0 and height_m < 1000),
    floors int check (floors between 0 and 250),
    floors_below int check (floors_below between 0 and 50),
    use_code text,
    geom geometry(MultiPolygon, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.building is 'A building that may stand between.';
comment on column core.building.building_id is 'Number of the building.';
comment on column core.building.building_key is 'Key in the source.';
comment on column core.building.name is 'Name, where it has one.';
comment on column core.building.height_m is 'Height above the ground; NULL is unknown.';
comment on column core.building.floors is 'Floors above the ground.';
comment on column core.building.floors_below is 'Floors below the ground.';
comment on column core.building.use_code is 'Use, code of the source.';
comment on column core.building.geom is 'Outline, district CRS.';
comment on column core.building.batch_id is 'The load that wrote the row last.';
comment on column core.building.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index building_geom on core.building using gist (geom);

create table core.alley (
    alley_id bigint generated always as identity primary key,
    alley_key text unique not null check (alley_key <> ''),
    name text,
    width_m double precision check (width_m > 0 and width_m < 500),
    kind text not null check (kind in ('road', 'alley', 'footway', 'steps')),
    lit boolean,
    geom geometry(LineString, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.alley is 'A section of street, from the alley to the road.';
comment on column core.alley.alley_id is 'Number of the alley.';
comment on column core.alley.alley_key is 'Key in the source.';
comment on column core.alley.name is 'Name of the road.';
comment on column core.alley.width_m is 'Width; NULL is unknown.';
comment on column core.alley.kind is 'road, alley, footway or steps.';
comment on column core.alley.lit is 'Whether lamps stand there; NULL is unknown.';
comment on column core.alley.geom is 'Middle line, district CRS.';
comment on column core.alley.batch_id is 'The load that wrote the row last.';
comment on column core.alley.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index alley_geom on core.alley using gist (geom);

create table core.address (
    address_id bigint generated always as identity primary key,
    address_key text unique not null check (address_key <> ''),
    building_key text,
    address_road text,
    address_lot text,
    geom geometry(Point, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.address is 'An entrance with its address.';
comment on column core.address.address_id is 'Number of the entrance.';
comment on column core.address.address_key is 'Key in the source.';
comment on column core.address.building_key is 'Key of its building.';
comment on column core.address.address_road is 'Road address.';
comment on column core.address.address_lot is 'Lot address.';
comment on column core.address.geom is 'The entrance, district CRS.';
comment on column core.address.batch_id is 'The load that wrote the row last.';
comment on column core.address.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index address_geom on core.address using gist (geom);

create table core.boundary (
    boundary_id bigint generated always as identity primary key,
    boundary_key text unique not null check (boundary_key <> ''),
    level text not null check (level in ('district', 'dong')),
    code text,
    name_ko text not null,
    name_en text,
    geom geometry(MultiPolygon, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.boundary is 'The district and its dong.';
comment on column core.boundary.boundary_id is 'Number of the area.';
comment on column core.boundary.boundary_key is 'Key: level and code.';
comment on column core.boundary.level is 'district (the union of its dong) or dong.';
comment on column core.boundary.code is 'Administrative code.';
comment on column core.boundary.name_ko is 'Name in Korean.';
comment on column core.boundary.name_en is 'Name in English.';
comment on column core.boundary.geom is 'The area, district CRS.';
comment on column core.boundary.batch_id is 'The load that wrote the row last.';
comment on column core.boundary.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index boundary_geom on core.boundary using gist (geom);
create unique index only_one_outline on core.boundary (level) where level = 'district';

create table core.zone (
    zone_id bigint generated always as identity primary key,
    zone_key text unique not null check (zone_key <> ''),
    kind text not null check (kind ~ '^[a-z_]+$'),
    level smallint check (level between 1 and 9),
    name_ko text,
    name_en text,
    valid_during daterange not null default '[,)' check (not isempty(valid_during)),
    origin text,
    geom geometry(MultiPolygon, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.zone is 'An area at risk of flood, wildfire or another hazard.';
comment on column core.zone.zone_id is 'Number of the zone.';
comment on column core.zone.zone_key is 'Key in the source.';
comment on column core.zone.kind is 'flood, wildfire or another hazard.';
comment on column core.zone.level is 'Grade of danger, 1 the lowest.';
comment on column core.zone.name_ko is 'Name in Korean.';
comment on column core.zone.name_en is 'Name in English.';
comment on column core.zone.valid_during is 'Days on which the zone was in force.';
comment on column core.zone.origin is 'Who drew it.';
comment on column core.zone.geom is 'The area, district CRS.';
comment on column core.zone.batch_id is 'The load that wrote the row last.';
comment on column core.zone.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index zone_geom on core.zone using gist (geom);

create table core.terrain (
    tile_id bigint generated always as identity primary key,
    tile_key text unique not null check (tile_key <> ''),
    cell_m double precision not null check (cell_m > 0),
    columns int not null check (columns > 0),
    rows int not null check (rows > 0),
    west_m double precision not null,
    north_m double precision not null,
    elevation_m bytea not null check (octet_length(elevation_m) = 4 * columns * rows),
    nodata double precision,
    geom geometry(Polygon, {srid}) not null,
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.terrain is 'A tile of ground heights.';
comment on column core.terrain.tile_id is 'Number of the tile.';
comment on column core.terrain.tile_key is 'Key: source, column and row of the tile.';
comment on column core.terrain.cell_m is 'Side of a cell.';
comment on column core.terrain.columns is 'Cells from west to east.';
comment on column core.terrain.rows is 'Cells from north to south.';
comment on column core.terrain.west_m is 'West edge of the tile, district CRS.';
comment on column core.terrain.north_m is 'North edge of the tile, district CRS.';
comment on column core.terrain.elevation_m is 'Heights above the sea, little-endian float32, row 0 the northernmost.';
comment on column core.terrain.nodata is 'Value that means no height.';
comment on column core.terrain.geom is 'Outline of the tile, district CRS.';
comment on column core.terrain.batch_id is 'The load that wrote the row last.';
comment on column core.terrain.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index terrain_geom on core.terrain using gist (geom);

create table core.water (
    water_id bigint generated always as identity primary key,
    water_key text unique not null check (water_key <> ''),
    name text,
    kind text,
    geom geometry(Geometry, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.water is 'Streams, rivers and ponds.';
comment on column core.water.water_id is 'Number of the water.';
comment on column core.water.water_key is 'Key in the source.';
comment on column core.water.name is 'Name.';
comment on column core.water.kind is 'stream, river, pond, ...';
comment on column core.water.geom is 'Line or area, district CRS.';
comment on column core.water.batch_id is 'The load that wrote the row last.';
comment on column core.water.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index water_geom on core.water using gist (geom);

create table core.speaker (
    speaker_id bigint generated always as identity primary key,
    speaker_key text unique not null check (speaker_key <> ''),
    amplifier_key text,
    place text,
    power_w double precision check (power_w > 0 and power_w < 100000),
    level_db double precision check (level_db between 0 and 200),
    installed_on date,
    geom geometry(Point, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.speaker is 'A loudspeaker for warnings.';
comment on column core.speaker.speaker_id is 'Number of the speaker.';
comment on column core.speaker.speaker_key is 'Key in the source.';
comment on column core.speaker.amplifier_key is 'The amplifier that drives it.';
comment on column core.speaker.place is 'Where it stands: stream, hill, ...';
comment on column core.speaker.power_w is 'Electrical power.';
comment on column core.speaker.level_db is 'Sound pressure at one metre.';
comment on column core.speaker.installed_on is 'Day of installation.';
comment on column core.speaker.geom is 'The point, district CRS.';
comment on column core.speaker.batch_id is 'The load that wrote the row last.';
comment on column core.speaker.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index speaker_geom on core.speaker using gist (geom);

create table core.lamp (
    lamp_id bigint generated always as identity primary key,
    lamp_key text unique not null check (lamp_key <> ''),
    name text,
    count int not null default 1 check (count >= 1),
    geom geometry(Point, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.lamp is 'A security lamp.';
comment on column core.lamp.lamp_id is 'Number of the lamp.';
comment on column core.lamp.lamp_key is 'Key in the source.';
comment on column core.lamp.name is 'Name of its place.';
comment on column core.lamp.count is 'Lamps on the point.';
comment on column core.lamp.geom is 'The point, district CRS.';
comment on column core.lamp.batch_id is 'The load that wrote the row last.';
comment on column core.lamp.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index lamp_geom on core.lamp using gist (geom);

create table core.bell (
    bell_id bigint generated always as identity primary key,
    bell_key text unique not null check (bell_key <> ''),
    kind text not null check (kind ~ '^[a-z_]+$'),
    name text,
    purpose text,
    place_text text,
    police_linked boolean,
    route_key text,
    geom geometry(Point, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.bell is 'An emergency bell, or another help on a safe way home.';
comment on column core.bell.bell_id is 'Number of the bell.';
comment on column core.bell.bell_key is 'Key in the source.';
comment on column core.bell.kind is 'bell, sign, marking, board, ...';
comment on column core.bell.name is 'Name.';
comment on column core.bell.purpose is 'Why it stands there.';
comment on column core.bell.place_text is 'Its place in words.';
comment on column core.bell.police_linked is 'Whether it calls the police; NULL is unknown.';
comment on column core.bell.route_key is 'The safe route it belongs to.';
comment on column core.bell.geom is 'The point, district CRS.';
comment on column core.bell.batch_id is 'The load that wrote the row last.';
comment on column core.bell.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index bell_geom on core.bell using gist (geom);

create table core.incident (
    incident_id bigint generated always as identity primary key,
    incident_key text unique not null check (incident_key <> ''),
    occurred_at timestamptz not null,
    class_code text,
    class_name text,
    urgency smallint check (urgency between 0 and 4),
    closing_code text,
    exercise boolean not null default false,
    false_alarm boolean not null default false,
    repeat_call boolean not null default false,
    origin text not null check (origin <> ''),
    geom geometry(Point, {srid}),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.incident is 'A call or an accident. Its points are read through api.read_incidents alone.';
comment on column core.incident.incident_id is 'Number of the incident.';
comment on column core.incident.incident_key is 'Key in the source.';
comment on column core.incident.occurred_at is 'When it was reported.';
comment on column core.incident.class_code is 'Class, code of the source.';
comment on column core.incident.class_name is 'Class in words.';
comment on column core.incident.urgency is '0 the most urgent; NULL is unknown.';
comment on column core.incident.closing_code is 'How it was closed, code of the source.';
comment on column core.incident.exercise is 'An exercise, no incident.';
comment on column core.incident.false_alarm is 'Closed as a false alarm.';
comment on column core.incident.repeat_call is 'Another call about the same incident.';
comment on column core.incident.origin is '112, koroad, ...';
comment on column core.incident.geom is 'The point, district CRS; NULL is unknown.';
comment on column core.incident.batch_id is 'The load that wrote the row last.';
comment on column core.incident.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index incident_geom on core.incident using gist (geom);
create index incident_when on core.incident (occurred_at);

create table core.police_record (
    record_id bigint generated always as identity primary key,
    record_key text unique not null check (record_key <> ''),
    kind text not null check (kind in ('supply', 'crime')),
    occurred_at timestamptz not null,
    recipient text,
    legal_ground text,
    document_no text,
    category text,
    camera_key text,
    footage_during tstzrange check (not isempty(footage_during)),
    used boolean,
    outcome text,
    geom geometry(Point, {srid}),
    batch_id bigint references meta.batch,
    row_hash bytea
);
comment on table core.police_record is 'What the police received of us, and what they recorded.';
comment on column core.police_record.record_id is 'Number of the record.';
comment on column core.police_record.record_key is 'Key in the source.';
comment on column core.police_record.kind is 'supply: footage given; crime: a recorded crime.';
comment on column core.police_record.occurred_at is 'When it was given (supply) or happened (crime).';
comment on column core.police_record.recipient is 'Who received the footage.';
comment on column core.police_record.legal_ground is 'On what ground it was given.';
comment on column core.police_record.document_no is 'Number of the official request.';
comment on column core.police_record.category is 'Purpose or class of crime.';
comment on column core.police_record.camera_key is 'The camera whose footage it was.';
comment on column core.police_record.footage_during is 'From when to when the footage ran.';
comment on column core.police_record.used is 'Whether the footage was of use; NULL is not reported.';
comment on column core.police_record.outcome is 'What came of it, or why it was not used.';
comment on column core.police_record.geom is 'The point, district CRS; NULL is unknown.';
comment on column core.police_record.batch_id is 'The load that wrote the row last.';
comment on column core.police_record.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index police_record_geom on core.police_record using gist (geom);
create index police_record_when on core.police_record (kind, occurred_at);

create table core.layer (
    layer_id bigint generated always as identity primary key,
    name text unique not null check (name ~ '^[a-z][a-z0-9_]*$'),
    title_ko text,
    title_en text,
    geometry_kind text check (geometry_kind in ('point', 'line', 'area')),
    origin text,
    reference_date date
);
comment on table core.layer is 'A named set of dated points, lines or areas that a city adds.';
comment on column core.layer.layer_id is 'Number of the layer.';
comment on column core.layer.name is 'Name in commands.';
comment on column core.layer.title_ko is 'Title in Korean.';
comment on column core.layer.title_en is 'Title in English.';
comment on column core.layer.geometry_kind is 'point, line or area.';
comment on column core.layer.origin is 'Who made it.';
comment on column core.layer.reference_date is 'The day it describes.';

create table core.layer_feature (
    feature_id bigint generated always as identity primary key,
    layer_id bigint not null references core.layer,
    feature_key text not null check (feature_key <> ''),
    weight double precision not null default 1 check (weight >= 0 and weight < 'infinity'),
    observed_on date,
    attributes jsonb not null default '{}',
    geom geometry(Geometry, {srid}) not null check (not st_isempty(geom)),
    batch_id bigint references meta.batch,
    row_hash bytea,
    unique (layer_id, feature_key)
);
comment on table core.layer_feature is 'One point, line or area of a layer, with a weight.';
comment on column core.layer_feature.feature_id is 'Number of the feature.';
comment on column core.layer_feature.layer_id is 'The layer.';
comment on column core.layer_feature.feature_key is 'Key in the source.';
comment on column core.layer_feature.weight is 'How much it weighs.';
comment on column core.layer_feature.observed_on is 'The day it was observed.';
comment on column core.layer_feature.attributes is 'What else the source says.';
comment on column core.layer_feature.geom is 'The shape, district CRS.';
comment on column core.layer_feature.batch_id is 'The load that wrote the row last.';
comment on column core.layer_feature.row_hash is 'Digest of the row as loaded; equal means unchanged.';
create index layer_feature_geom on core.layer_feature using gist (geom);

create table core.coverage_run (
    run_id bigint generated always as identity primary key,
    as_of date not null,
    density_class text not null,
    standard_version text not null,
    inputs_hash text not null,
    figures jsonb not null check (jsonb_typeof(figures) = 'object'),
    step_m double precision not null check (step_m > 0 and step_m <= 100),
    draws int not null check (draws >= 0),
    seed bigint not null,
    computed_at timestamptz not null default now(),
    foreign key (density_class, standard_version) references core.density_class
);
comment on table core.coverage_run is 'One computation of coverage, as at a date, for a class.';
comment on column core.coverage_run.run_id is 'Number of the run.';
comment on column core.coverage_run.as_of is 'The day whose network and zones were taken.';
comment on column core.coverage_run.density_class is 'The class of density.';
comment on column core.coverage_run.standard_version is 'Version of the standard that defines the class.';
comment on column core.coverage_run.inputs_hash is 'Digest of all that went in.';
comment on column core.coverage_run.figures is 'The figures as the command prints them.';
comment on column core.coverage_run.step_m is 'Distance between the samples.';
comment on column core.coverage_run.draws is 'Draws of the unknown headings.';
comment on column core.coverage_run.seed is 'Seed of the draws.';
comment on column core.coverage_run.computed_at is 'When.';
create index coverage_run_latest on core.coverage_run (density_class, as_of, run_id desc);

create table core.coverage_share (
    run_id bigint not null references core.coverage_run on delete cascade,
    theme text not null check (theme <> ''),
    key text not null default '',
    share double precision check (share between 0 and 1),
    low double precision check (low between 0 and 1),
    high double precision check (high between 0 and 1),
    certain double precision check (certain between 0 and 1),
    possible double precision check (possible between 0 and 1),
    weight double precision check (weight >= 0),
    unit text,
    primary key (run_id, theme, key),
    constraint range_in_order check (low <= high and certain <= possible)
);
comment on table core.coverage_share is 'One share of a run, with its denominator and range.';
comment on column core.coverage_share.run_id is 'The run.';
comment on column core.coverage_share.theme is 'What was measured: alleys, area, dong, zone, agency, ...';
comment on column core.coverage_share.key is 'Which one of the theme; blank for the whole.';
comment on column core.coverage_share.share is 'Expected share seen.';
comment on column core.coverage_share.low is 'Lower end of the 95 % interval.';
comment on column core.coverage_share.high is 'Upper end of the 95 % interval.';
comment on column core.coverage_share.certain is 'Hard lower bound: seen whichever way the unknown look.';
comment on column core.coverage_share.possible is 'Hard upper bound: within reach of any.';
comment on column core.coverage_share.weight is 'The denominator.';
comment on column core.coverage_share.unit is 'Unit of the denominator (m, m2, incidents, ...).';

create table core.coverage_gap (
    run_id bigint not null references core.coverage_run on delete cascade,
    gap_no int not null check (gap_no >= 1),
    alley_id bigint references core.alley on delete set null,
    length_m double precision not null check (length_m >= 0),
    risk double precision,
    geom geometry(LineString, {srid}) not null,
    primary key (run_id, gap_no)
);
comment on table core.coverage_gap is 'A maximal unseen stretch of alley.';
comment on column core.coverage_gap.run_id is 'The run.';
comment on column core.coverage_gap.gap_no is 'Rank by risk, 1 the gravest.';
comment on column core.coverage_gap.alley_id is 'The alley.';
comment on column core.coverage_gap.length_m is 'Length of the stretch.';
comment on column core.coverage_gap.risk is 'Risk by which it is ranked, no unit.';
comment on column core.coverage_gap.geom is 'The stretch, district CRS.';
create index coverage_gap_geom on core.coverage_gap using gist (geom);

create table core.plan (
    plan_id bigint generated always as identity primary key,
    made_at timestamptz not null default now(),
    name text,
    cameras int check (cameras >= 0),
    budget_won bigint check (budget_won >= 0),
    figures jsonb not null default '{}'
);
comment on table core.plan is 'A proposal of new sites.';
comment on column core.plan.plan_id is 'Number of the plan.';
comment on column core.plan.made_at is 'When.';
comment on column core.plan.name is 'Name, where it was given one.';
comment on column core.plan.cameras is 'Cameras asked for.';
comment on column core.plan.budget_won is 'Budget asked for.';
comment on column core.plan.figures is 'The figures as the command prints them.';

create table core.plan_camera (
    plan_id bigint not null references core.plan on delete cascade,
    order_no int not null check (order_no >= 1),
    heading_deg double precision check (heading_deg >= 0 and heading_deg < 360),
    gain double precision check (gain >= 0),
    price_won bigint check (price_won >= 0),
    attributes jsonb not null default '{}',
    geom geometry(Point, {srid}) not null check (not st_isempty(geom)),
    primary key (plan_id, order_no)
);
comment on table core.plan_camera is 'One proposed camera of a plan.';
comment on column core.plan_camera.plan_id is 'The plan.';
comment on column core.plan_camera.order_no is 'Order in which it was chosen.';
comment on column core.plan_camera.heading_deg is 'Where it should look, degrees clockwise from north.';
comment on column core.plan_camera.gain is 'Share of the risk that it adds.';
comment on column core.plan_camera.price_won is 'Its price.';
comment on column core.plan_camera.attributes is 'What else is known of it.';
comment on column core.plan_camera.geom is 'The point, district CRS.';
create index plan_camera_geom on core.plan_camera using gist (geom);

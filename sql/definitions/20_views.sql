-- What the app reads: views with the rights of the reader (security_invoker). Schema api is made anew at each upgrade.

create schema api;

create function api.today() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select (now() at time zone coalesce((select timezone from meta.district), 'UTC'))::date;
end;
comment on function api.today is 'The day on the district''s clocks; current_date is the connection''s, which runs on UTC.';

create view api.district with (security_invoker) as
select name, name_ko, name_en, srid, timezone, invented, center, settings from meta.district;
comment on view api.district is 'The one district of this database.';

create view api.batch with (security_invoker) as
select batch_id, source, file_name, file_sha256, encoding, form, reference_date, rows_in, inserted, updated, unchanged,
    quarantined, duplicates, outside, retired, reasons, repaired, notes, status, invented, started_at, finished_at,
    seconds
from meta.batch;
comment on view api.batch is 'Loads: what came in and what became of each row.';

create view api.refusal with (security_invoker) as
select r.refusal_id, r.batch_id, r.row_no, r.reasons, r.severity,
    case when not core.about_persons(b.source) then r.raw end as raw, r.created_at, r.line_no, r.first_id,
    r.repaired_batch_id, r.repaired_row_no, r.repaired_at, r.repaired_as, r.repaired_by
from meta.refusal r join meta.batch b using (batch_id);
comment on view api.refusal is
    'Rows in quarantine, with their reasons; raw is NULL for incidents and police records: api.read_refusals gives it.';

create view api.open_refusal with (security_invoker) as
select refusal_id, batch_id, source, file_name, row_no, line_no, reasons, severity, created_at, times, first_refused_at
from (
    select r.refusal_id, r.batch_id, b.source, b.file_name, r.row_no, r.line_no, r.reasons, r.severity, r.created_at,
        r.repaired_at, count(*) over same_row as times, min(r.created_at) over same_row as first_refused_at,
        max(r.refusal_id) over same_row as last_id
    from meta.refusal r join meta.batch b using (batch_id)
    window same_row as (partition by coalesce(r.first_id, r.refusal_id))
) each_time
where refusal_id = last_id and repaired_at is null
    -- of these there is nothing to mend: they would stay open for good
    and not reasons && array['TOTAL_ROW', 'INDOOR_CAMERA', 'NOT_A_SUPPLY'];
comment on view api.open_refusal is
    'Rows in quarantine that wait to be mended: no later file repaired them, and there is something to mend; a row that '
    'several files brought is one row, as it came last.';

create view api.load_profile with (security_invoker) as
select batch_id, table_name, agency, fact, name, n from meta.load_profile;
comment on view api.load_profile is 'What the rows of each load were like: counts that name no place and no person.';

create view api.batch_list with (security_invoker) as
select batch_id, keys from meta.batch_list;
comment on view api.batch_list is
    'The objects that a full list named, by natural key; of cameras and map objects alone, never of records of persons.';

create view api.report with (security_invoker) as
select report_id, since, until, edition, lang, form, made_at, made_by, purpose, sha256, bytes, pages, inputs_digest,
    versions, marks, loads
from meta.report;
comment on view api.report is 'Reports that were made, without their figures: api.read_report gives those.';

create view api.agency with (security_invoker) as
select agency_id, name_ko, name_en from core.agency;
comment on view api.agency is 'Owners of cameras.';

create view api.purpose with (security_invoker) as
select purpose_code, name_ko, name_en, legal_ground, density_class from core.purpose;
comment on view api.purpose is 'Purposes with their ground in law.';

create view api.density_class with (security_invoker) as
select density_class, standard_version, px_per_m, rank, name_ko, name_en from core.density_class;
comment on view api.density_class is 'Classes of pixel density, by version of the standard.';

create view api.site with (security_invoker) as
select site_id, site_key, name, address_road, address_lot, batch_id, geom from core.site;
comment on view api.site is 'Poles and walls that bear cameras, of every date.';

-- The one place that says which cameras count: every reader of "active" states goes through it. A state of a camera that
-- stands behind another record is cut there: on those days its status is behind, on the others it is active as ever.
create view api.counted_state with (security_invoker) as
select s.state_id, s.camera_id, part.valid_during, s.agency_id, s.purpose_code, s.kind, part.status, s.heading_deg,
    s.tilt_deg, s.height_m, s.focal_mm, s.hfov_deg, s.sensor_w_mm, s.sensor_h_mm, s.image_w_px, s.image_h_px, s.pixels,
    s.ir_range_m, s.model, s.view_text, s.retention_days, s.audio, s.aim_source, s.surveyed_on, s.batch_id
from core.camera_state s
left join core.camera_behind b using (camera_id)
cross join lateral (
    select s.valid_during, s.status where b.camera_id is null
    union all
    select days, s.status from unnest(datemultirange(s.valid_during) - b.during) days where b.camera_id is not null
    union all
    select days, 'behind' from unnest(datemultirange(s.valid_during) * b.during) days where b.camera_id is not null
) part;
comment on view api.counted_state is
    'States by the days on which they count: active, retired, or behind (another list''s record of the same cameras '
    'counts). A state that is behind for a while stands several times, its periods apart.';

create view api.camera_state with (security_invoker) as
select s.state_id, s.camera_id, c.camera_key, c.site_id, c.head_no, s.valid_during, s.agency_id, s.purpose_code, s.kind,
    s.status, s.heading_deg, s.tilt_deg, s.height_m, s.focal_mm, s.hfov_deg, s.sensor_w_mm, s.sensor_h_mm,
    s.image_w_px, s.image_h_px, s.pixels, s.ir_range_m, s.model, s.view_text, s.retention_days, s.audio, s.aim_source,
    s.surveyed_on, s.batch_id, c.record_key
from api.counted_state s join core.camera c using (camera_id);
comment on view api.camera_state is
    'Every state of every camera, with its period: the history. Where another list''s record counts, status is behind.';

-- A day that is no first of a month is that of a file, no month of installation.
create view api.camera_record with (security_invoker) as
select r.record_key, r.site_id, a.name_ko as agency, a.name_en as agency_en, state.purpose_code, p.legal_ground,
    coalesce((
        select string_agg(f.purpose_code, ',' order by f.purpose_code)
        from core.camera_purpose f where f.state_id = state.state_id), '') as further,
    coalesce(site.address_road, '') as address_road, coalesce(site.address_lot, '') as address_lot,
    coalesce(site.name, '') as name, coalesce(state.view_text, '') as view_text, r.cameras::int as cameras,
    r.pixels::double precision as pixels,
    case when extract(day from r.known_from) = 1 then r.known_from end as installed_on,
    r.known_from, r.surveyed::int as surveyed, site.geom
from (
    select c.record_key, (array_agg(c.site_id order by c.head_no))[1] as site_id,
        (array_agg(s.state_id order by c.head_no))[1] as state_id, count(*) as cameras, max(s.pixels) as pixels,
        count(s.surveyed_on) as surveyed, min((
            select min(lower(e.valid_during)) from core.camera_state e where e.camera_id = c.camera_id)) as known_from
    from core.camera c
    join core.camera_state s on s.camera_id = c.camera_id and upper_inf(s.valid_during)
    where s.status = 'active'
    group by c.record_key
) r
join core.camera_state state using (state_id)
join core.site site on site.site_id = r.site_id
join core.agency a using (agency_id)
join core.purpose p using (purpose_code);
comment on view api.camera_record is
    'Install records that have cameras now, as their lists tell of them; those behind other records too.';

create view api.same_record with (security_invoker) as
select pair_id, record_a, record_b, state, score, distance_m, parts, batch_id from core.same_record;
comment on view api.same_record is 'Pairs of records of two lists that tell of the same cameras, surely or perhaps.';

create view api.match_decision with (security_invoker) as
select decision_id, record_a, record_b, said, reason, decided_by, decided_at, state_before, score
from core.match_decision;
comment on view api.match_decision is 'Who said of two records that they are the same cameras or others, when and why.';

create view api.camera_behind with (security_invoker) as
select b.camera_id, c.camera_key, c.record_key, b.front_key, b.during
from core.camera_behind b join core.camera c using (camera_id);
comment on view api.camera_behind is 'Cameras that do not count of their own, behind which record, and on which days.';

create view api.preset with (security_invoker) as
select preset_id, camera_id, preset_no, heading_deg, tilt_deg, hfov_deg, dwell_s, home from core.preset;
comment on view api.preset is 'Where turning cameras look on their round.';

create view api.camera_status with (security_invoker) as
select status_id, camera_id, down_during, reason from core.camera_status;
comment on view api.camera_status is 'Outages.';

create view api.aim_evidence with (security_invoker) as
select e.evidence_id, e.camera_id, c.camera_key, e.site_id, e.source, e.observed_on, e.weight, e.lobes, e.place, e.seen,
    e.tilt_deg, e.tilt_spread_deg, e.hfov_deg, e.range_m, e.detail, e.recorded_by, e.recorded_at, e.batch_id,
    e.withdrawn_by, e.withdrawn_at
from core.aim_evidence e join core.camera c using (camera_id);
comment on view api.aim_evidence is
    'What bears on where cameras look, withdrawn rows too; what footage was of use for is in api.read_footage_evidence.';

create view api.field_of_view with (security_invoker) as
select f.state_id, s.camera_id, s.valid_during, s.status, f.density_class, f.sight, f.counts, f.area_m2, f.near_m,
    f.far_m, f.slope, f.offset_m, f.variants, f.model, f.inputs_hash, f.computed_from, f.computed_at, f.geom
from core.field_of_view f join core.camera_state s using (state_id);
comment on column api.field_of_view.model is
    'Optics (pinhole or equidistant), +, the ground that sight went over: terrain, part-terrain (its edge in reach) or flat.';
comment on view api.field_of_view is 'What each state of each camera sees, by class; with the period of the state.';

create view api.aim_belief with (security_invoker) as
select b.state_id, s.camera_id, s.valid_during, b.heading_sums, b.tilt_p,
    b.unchecked_heading_sums, b.unchecked_tilt_p, b.sources, b.inputs_hash, b.computed_at
from core.aim_belief b join core.camera_state s using (state_id);
comment on view api.aim_belief is 'What is believed of where cameras look; with the period of the state.';

create view api.building with (security_invoker) as
select building_id, building_key, name, height_m, floors, floors_below, use_code, batch_id, geom,
    core.building_height_m(height_m, floors) as sight_height_m
from core.building;
comment on view api.building is
    'Buildings; sight_height_m is the height that line of sight takes: measured, else 3.1 m a storey, else NULL.';

create view api.alley with (security_invoker) as
select alley_id, alley_key, name, width_m, kind, lit, batch_id, geom, oneway, level from core.alley
where tunnel is not true;
comment on view api.alley is 'Sections of street under the open sky: what cameras can see, and shares are told of.';

create view api.way with (security_invoker) as
select alley_id, alley_key, name, width_m, kind, lit, batch_id, geom, oneway, level, coalesce(tunnel, false) as tunnel
from core.alley;
comment on view api.way is 'Sections of street with the tunnels: where somebody may run.';

create view api.address with (security_invoker) as
select address_id, address_key, building_key, address_road, address_lot, batch_id, geom from core.address;
comment on view api.address is 'Entrances with their addresses.';

create view api.boundary with (security_invoker) as
select boundary_id, boundary_key, level, code, name_ko, name_en, batch_id, st_area(geom) as area_m2, geom
from core.boundary;
comment on view api.boundary is 'The district and its dong.';

create view api.zone with (security_invoker) as
select zone_id, zone_key, kind, level, name_ko, name_en, valid_during, origin, batch_id, geom from core.zone;
comment on view api.zone is 'Zones at risk, of every date.';

create view api.terrain with (security_invoker) as
select tile_id, tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, nodata, batch_id, geom from core.terrain;
comment on view api.terrain is 'Tiles of ground heights.';

create view api.water with (security_invoker) as
select water_id, water_key, name, kind, batch_id, geom from core.water;
comment on view api.water is 'Streams, rivers and ponds.';

create view api.speaker with (security_invoker) as
select speaker_id, speaker_key, amplifier_key, place, power_w, level_db, installed_on, batch_id, geom from core.speaker;
comment on view api.speaker is 'Loudspeakers for warnings.';

create view api.lamp with (security_invoker) as
select lamp_id, lamp_key, name, count, batch_id, geom from core.lamp;
comment on view api.lamp is 'Security lamps.';

create view api.bell with (security_invoker) as
select bell_id, bell_key, kind, name, purpose, place_text, police_linked, route_key, batch_id, geom from core.bell;
comment on view api.bell is 'Emergency bells and other help on safe ways home.';

create view api.sensitive_class with (security_invoker) as
select code, word, name_en, cell_m, reason_ko, reason_en from core.sensitive_class;
comment on view api.sensitive_class is 'Classes whose places are told by the middle of a grid cell, and why.';

create view api.layer with (security_invoker) as
select layer_id, name, title_ko, title_en, geometry_kind, origin, reference_date from core.layer;
comment on view api.layer is 'Layers that the city added.';

create view api.layer_feature with (security_invoker) as
select feature_id, layer_id, feature_key, weight, observed_on, attributes, batch_id, geom from core.layer_feature;
comment on view api.layer_feature is 'Features of the added layers.';

create view api.coverage_run with (security_invoker) as
select run_id, as_of, density_class, standard_version, inputs_hash, figures, step_m, draws, seed, computed_at
from core.coverage_run;
comment on view api.coverage_run is 'Computations of coverage.';

create view api.coverage_share with (security_invoker) as
select run_id, theme, key, share, low, high, certain, possible, weight, unit from core.coverage_share;
comment on view api.coverage_share is 'Shares of each computation.';

create view api.coverage_gap with (security_invoker) as
select run_id, gap_no, alley_id, length_m, risk, geom from core.coverage_gap;
comment on view api.coverage_gap is 'Unseen stretches of alley of each computation.';

create view api.risk_reference with (security_invoker) as
select layer, low, high, method, frozen_at, base_from, base_to, rows, source from core.risk_reference;
comment on view api.risk_reference is 'What layers of risk are scaled by, every freezing; the last of a layer is in force.';

create view api.plan with (security_invoker) as
select plan_id, made_at, name, cameras, budget_won, figures from core.plan;
comment on view api.plan is 'Proposals of new sites.';

create view api.plan_camera with (security_invoker) as
select plan_id, order_no, heading_deg, gain, price_won, attributes, legal_ground, geom from core.plan_camera;
comment on view api.plan_camera is 'Proposed cameras.';

create view api.public_camera with (security_invoker) as
select c.camera_id, p.name_ko as purpose_ko, p.name_en as purpose_en, site.geom
from core.camera c
join core.site site using (site_id)
join core.camera_state s using (camera_id)
join core.purpose p using (purpose_code)
where s.status = 'active' and s.valid_during @> api.today()
    and not exists (
        select from core.camera_behind b where b.camera_id = s.camera_id and b.during @> api.today());
comment on view api.public_camera is 'What anyone may know: where cameras are and why. Nothing else.';

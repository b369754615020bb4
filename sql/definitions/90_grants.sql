-- The doors. Nothing is open that does not stand here: first all is taken back, then given anew.
-- Staff reads views with its own rights and so needs select on the tables beneath, but holds no usage on schema core:
-- it can name nothing there. Incidents and police records it can't read even so; see 40_guarded_reads.sql. Of refused
-- rows it reaches the content through the view alone, which leaves out those about persons.

do $$
declare
    area text;
begin
    foreach area in array array['raw', 'core', 'meta', 'api'] loop
        execute format('revoke all on schema %I from public, golmok_loader, golmok_staff, golmok_public', area);
        execute format(
            'revoke all on all tables in schema %I from public, golmok_loader, golmok_staff, golmok_public', area);
        execute format(
            'revoke all on all sequences in schema %I from public, golmok_loader, golmok_staff, golmok_public', area);
        execute format(
            'revoke all on all functions in schema %I from public, golmok_loader, golmok_staff, golmok_public', area);
    end loop;
end
$$;

-- loader: writes rows; reads what it merges with; adds to the access log and cannot even read it.
grant usage on schema raw, core, meta, api to golmok_loader;
grant select, insert, update, delete on all tables in schema raw, core to golmok_loader;
grant select, insert, update, delete on meta.batch, meta.refusal, meta.load_profile to golmok_loader;
grant select, insert on meta.batch_list to golmok_loader;
grant select on meta.district, meta.schema_version to golmok_loader;
-- when, by which login and under which role is not for the writer to say
grant insert (who, action, object, purpose, rows, detail) on meta.access_log to golmok_loader;
grant select, insert, update on meta.job_run to golmok_loader;
-- events are written by triggers alone; jobs read them, and delete the old ones
grant select, delete on meta.live_event to golmok_loader;
grant select, insert, update, delete on meta.followed to golmok_loader;
-- a case is opened and closed; when, and by which login, is not for the writer to say
grant select, insert (case_no, office, ground, opened_by), update (closed_by) on meta.case_file to golmok_loader;
-- what was decided stands: the log is only added to
revoke update, delete on core.match_decision from golmok_loader;
-- so do records of having asked about a plan, but for their withdrawal, and what was decided of it; when, and by which login,
-- is not for the writer to say
revoke insert, update, delete on core.plan_consultation, core.plan_decision from golmok_loader;
grant insert (plan_id, order_no, method, held_from, held_to, opinions, outcome, document_no, recorded_by), update (withdrawn_by)
    on core.plan_consultation to golmok_loader;
grant insert (plan_id, decision, why, decided_by) on core.plan_decision to golmok_loader;
-- a report that was made stands: no job changes or deletes it
grant select, insert on meta.report to golmok_loader;
-- what operators open and see is written and cannot be read; when, by which login and whether a purpose allowed it is not
-- for the writer to say
grant insert (minutes, ground, who, reason, incident_key, place, radius_m), select (ground_id, at, minutes)
    on meta.emergency_ground to golmok_loader;
grant insert (who, camera_id, incident_key, class_code, place), select (opening_id, at, use_allowed, ground_id)
    on meta.camera_opening to golmok_loader;
grant insert (who, late_s, camera_id, incident_key, place, density_class, told, seen), select (sighting_id, at)
    on meta.sighting to golmok_loader;
grant insert (sighting_id, who), select (sighting_id, at) on meta.sighting_undone to golmok_loader;
grant usage on all sequences in schema raw, core, meta to golmok_loader;
grant select on all tables in schema api to golmok_loader;
grant execute on all functions in schema core, api to golmok_loader;

-- staff: reads api alone.
grant usage on schema api to golmok_staff;
grant select on all tables in schema api to golmok_staff;
grant execute on all functions in schema api to golmok_staff;
grant select on all tables in schema core to golmok_staff;
revoke all on core.incident, core.police_record from golmok_staff;
grant select on meta.district, meta.batch, meta.batch_list, meta.refusal, meta.load_profile, meta.live_event to golmok_staff;
-- all but figures: an internal report's are given by api.read_report, which asks what for
grant select (report_id, since, until, edition, lang, form, made_at, made_by, purpose, sha256, bytes, pages,
    inputs_digest, versions, marks, loads) on meta.report to golmok_staff;
grant execute on function
    core.aim_share, core.aim_chance, core.heading_below, core.moment, core.about_persons, core.density_px_per_m, core.class_reached, core.use_of,
    core.stale_fields, core.building_height_m, core.plan_asked
    to golmok_staff;
-- api.could_have_recorded alone may run it
revoke execute on function api.recording from golmok_staff, golmok_loader;

-- public: camera points and purposes, column by column; counts of the network, which name no camera.
grant usage on schema api to golmok_public;
grant select on api.public_camera, api.public_site, api.public_purpose to golmok_public;
grant execute on function api.today, api.public_agencies, api.public_retention, api.public_reference_date to golmok_public;
grant select (camera_id, site_id) on core.camera to golmok_public;
grant select (site_id, geom) on core.site to golmok_public;
grant select (camera_id, purpose_code, valid_during, status) on core.camera_state to golmok_public;
grant select (camera_id, during) on core.camera_behind to golmok_public;
grant select (purpose_code, name_ko, name_en, legal_ground) on core.purpose to golmok_public;
grant select (level, code, name_ko, name_en, geom) on core.boundary to golmok_public;

comment on table meta.schema_version is 'Which migration this database stands at.';
comment on column meta.schema_version.version_num is 'Name of the last migration run.';

-- How much of each kind stands now: what was added, corrected or taken back since a report shows here.
select
    (select count(*) from api.camera_state) as camera_states,
    (select count(*) from api.aim_evidence where withdrawn_at is null) as evidence,
    (select count(*) from api.aim_evidence where withdrawn_at is not null) as evidence_withdrawn,
    (select count(*) from api.preset) as presets,
    (select count(*) from api.batch where status = 'done') as loads_done;

-- Several departments list the same cameras. Nothing is deleted: of records that tell of the same cameras one counts, the
-- others stand behind it on the days on which it has cameras.

-- A record is a row of a registry: its heads share its key.
alter table core.camera add column record_key text
    generated always as (left(camera_key, length(camera_key) - length(head_no::text) - 1)) stored;
comment on column core.camera.record_key is
    'Key of the install record that the camera is a head of: the camera''s without the hyphen and the head.';
create index camera_by_record on core.camera (record_key);

create table core.same_record (
    pair_id bigint generated always as identity primary key,
    record_a text not null,
    record_b text not null,
    state text not null check (state in ('sure', 'doubtful', 'same', 'different')),
    score double precision check (score between 0 and 1),
    distance_m double precision check (distance_m >= 0),
    parts jsonb not null default '{}' check (jsonb_typeof(parts) = 'object'),
    digest text not null check (digest <> ''),
    batch_id bigint references meta.batch,
    unique (record_a, record_b),
    check (record_a < record_b)
);
comment on table core.same_record is
    'Pairs of records of two agencies that tell of the same cameras, surely or perhaps, and what people decided of them.';
comment on column core.same_record.pair_id is 'Number of the pair.';
comment on column core.same_record.record_a is 'Key of the one record (core.camera.record_key).';
comment on column core.same_record.record_b is 'Key of the other; the greater of the two.';
comment on column core.same_record.state is
    'sure: joined by its score; doubtful: waits for a person; same, different: a person said so.';
comment on column core.same_record.score is 'How alike they are, 0..1; NULL where a person joined two that nothing likens.';
comment on column core.same_record.distance_m is 'How far apart the lists put them, metres.';
comment on column core.same_record.parts is
    'What the score is made of, each 0..1 or null where a list says nothing: place, purpose, text, facts; and held: what '
    'keeps them from being joined without asking (count, month, address, rival; empty: the score alone).';
comment on column core.same_record.digest is
    'Digest of both records as they were compared: while it is the same, a decision holds and is not asked again.';
comment on column core.same_record.batch_id is 'The load after which it was found so; NULL: found on asking.';
create index same_record_by_b on core.same_record (record_b);

create table core.match_decision (
    decision_id bigint generated always as identity primary key,
    record_a text not null,
    record_b text not null,
    said text not null check (said in ('same', 'different', 'open')),
    reason text not null check (btrim(reason) <> ''),
    decided_by text not null default session_user check (btrim(decided_by) <> ''),
    decided_at timestamptz not null default now(),
    state_before text,
    score double precision,
    digest text,
    check (record_a < record_b)
);
comment on table core.match_decision is
    'Who said of two records that they tell of the same cameras or of others, when and why. Rows are only ever added.';
comment on column core.match_decision.decision_id is 'Number of the decision; the last one of a pair holds.';
comment on column core.match_decision.record_a is 'Key of the one record.';
comment on column core.match_decision.record_b is 'Key of the other; the greater of the two.';
comment on column core.match_decision.said is
    'same, different, or open: a decision was taken back, by a person or because a record changed since.';
comment on column core.match_decision.reason is 'Why.';
comment on column core.match_decision.decided_by is 'Who; else the database''s user.';
comment on column core.match_decision.decided_at is 'When.';
comment on column core.match_decision.state_before is 'State of the pair before; NULL: nobody had found it.';
comment on column core.match_decision.score is 'The score that it had then.';
comment on column core.match_decision.digest is 'Digest of both records as they were then.';
create index match_decision_by_pair on core.match_decision (record_a, record_b);

create table core.camera_behind (
    camera_id bigint primary key references core.camera on delete cascade,
    front_key text not null,
    during datemultirange not null check (not isempty(during))
);
comment on table core.camera_behind is
    'Cameras of records behind which another record stands that tells of the same: on these days that one counts. Made '
    'of core.same_record, and made anew after each load.';
comment on column core.camera_behind.camera_id is 'The camera that does not count of its own.';
comment on column core.camera_behind.front_key is 'The record that counts in its stead (core.camera.record_key).';
comment on column core.camera_behind.during is 'Days on which a record before it has cameras.';

create table core.match_run (
    run_id bigint generated always as identity primary key,
    batch_id bigint,
    decision_id bigint,
    rules text not null,
    sure int not null,
    doubtful int not null,
    same int not null,
    different int not null,
    ran_at timestamptz not null default now()
);
comment on table core.match_run is
    'Runs of matching. Pairs are up to date while the last run knew the last load, the last decision and the rules.';
comment on column core.match_run.run_id is 'Number of the run.';
comment on column core.match_run.batch_id is 'The last load of cameras or of a survey that it knew.';
comment on column core.match_run.decision_id is 'The last decision that it knew.';
comment on column core.match_run.rules is 'The rules it went by, as text.';
comment on column core.match_run.sure is 'Pairs that it left joined by their score.';
comment on column core.match_run.doubtful is 'Pairs that it left waiting for a person.';
comment on column core.match_run.same is 'Pairs that a person joined.';
comment on column core.match_run.different is 'Pairs that a person told apart.';
comment on column core.match_run.ran_at is 'When.';

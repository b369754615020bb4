-- What just happened, for dashboards that listen: triggers write it in the transaction that changed the state.
create table meta.live_event (
    event_id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    kind text not null check (kind in ('incident', 'closed', 'health')),
    incident_key text,
    camera_key text,
    constraint one_thing check ((kind = 'health') = (camera_key is not null) and (kind = 'health') = (incident_key is null))
);
comment on table meta.live_event is
    'Outbox of what just happened: a row for each recent incident or outage that was written. Kept for two days.';
comment on column meta.live_event.event_id is
    'Number of the event; they are given in the order of the commits, so who read up to one missed none below.';
comment on column meta.live_event.at is 'When it was written.';
comment on column meta.live_event.kind is
    'incident: open, new or changed; closed: no longer open; health: an outage of a camera began, changed or ended.';
comment on column meta.live_event.incident_key is 'Key of the incident, for incident and closed.';
comment on column meta.live_event.camera_key is 'Key of the camera, for health.';
create index live_event_at on meta.live_event (at);

-- An emergency bell tells an incident of its own place.
alter table core.incident
    add column bell_key text,
    drop constraint incident_placed_by_check,
    add constraint incident_placed_by_check check (placed_by in ('coordinates', 'address', 'bell'));
comment on column core.incident.placed_by is
    'How the point was found: by the file''s coordinates, by an address among those loaded, or at the emergency bell that told it; NULL without a point.';
comment on column core.incident.bell_key is 'The emergency bell that told it, as core.bell has its key; NULL: none did.';

-- How far a file that grows was read: known by its first line, so that a renamed or copied file goes on where it was.
create table meta.followed (
    source text not null check (source <> ''),
    head_sha256 text not null check (head_sha256 ~ '^[0-9a-f]{64}$'),
    offset_bytes bigint not null check (offset_bytes >= 0),
    lines bigint not null check (lines >= 0),
    taken_sha256 text not null check (taken_sha256 ~ '^[0-9a-f]{64}$'),
    at timestamptz not null default clock_timestamp(),
    primary key (source, head_sha256)
);
comment on table meta.followed is 'How far each followed file was taken; written in the transaction of its rows.';
comment on column meta.followed.source is 'incidents or status.';
comment on column meta.followed.head_sha256 is 'SHA-256 of the file''s first line; of a stream, a number of its own.';
comment on column meta.followed.offset_bytes is 'Bytes that were taken: whole lines only.';
comment on column meta.followed.lines is 'Lines that were taken.';
comment on column meta.followed.taken_sha256 is 'SHA-256 of the bytes that were taken: another file with the same first line begins anew.';
comment on column meta.followed.at is 'When the last of it was taken.';

-- A feed's load holds a day: a line that was refused may come again in the same load, repaired.
alter table meta.refusal
    drop constraint a_later_load_repairs,
    add constraint a_later_row_repairs check (
        repaired_batch_id > batch_id or (repaired_batch_id = batch_id and repaired_row_no > row_no));
create index refusal_open_by_key on meta.refusal (row_key) where repaired_at is null;

-- Reports that were made. The row holds the figures that the document was made from, and no more than its edition tells:
-- the document is made again from them byte for byte, whatever was loaded since.
create table meta.report (
    report_id bigint generated always as identity primary key,
    since date not null,
    until date not null check (until >= since),
    edition text not null check (edition in ('committee', 'internal')),
    lang text not null check (lang in ('ko', 'en')),
    form text not null check (form in ('pdf', 'html')),
    made_at timestamptz not null default now(),
    made_by text not null check (btrim(made_by) <> ''),
    purpose text check (btrim(purpose) <> ''),
    sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes int not null check (bytes > 0),
    pages int not null check (pages > 0),
    inputs_digest text not null check (inputs_digest ~ '^[0-9a-f]{64}$'),
    versions jsonb not null check (jsonb_typeof(versions) = 'object'),
    marks jsonb not null check (jsonb_typeof(marks) = 'object'),
    loads bigint[] not null default '{}',
    -- json, not jsonb: kept letter for letter, for the bytes of the document hang on it
    figures json not null check (json_typeof(figures) = 'object'),
    check (edition <> 'internal' or purpose is not null)
);
comment on table meta.report is
    'Reports that were made, each with the figures it was made from. Rows are only ever added; the same bytes are one row.';
comment on column meta.report.report_id is 'Number of the report.';
comment on column meta.report.since is 'First day of the period.';
comment on column meta.report.until is 'Last day of the period; the figures are as at this day.';
comment on column meta.report.edition is 'Who may read it: committee or internal. There is no public one.';
comment on column meta.report.lang is 'Language of the document.';
comment on column meta.report.form is 'Form of the document: pdf or html.';
comment on column meta.report.made_at is 'When it was first made.';
comment on column meta.report.made_by is 'Who made it first, as the app says; else the database''s user.';
comment on column meta.report.purpose is 'What an internal one was taken for; NULL for the committee.';
comment on column meta.report.sha256 is 'SHA-256 of the document''s bytes, hexadecimal.';
comment on column meta.report.bytes is 'Length of the document in bytes.';
comment on column meta.report.pages is 'Pages of the document; 1 for HTML.';
comment on column meta.report.inputs_digest is 'SHA-256 of the figures, as the canonical JSON that column figures holds.';
comment on column meta.report.versions is 'Name and version of what computed and set it: engine, schema, libraries.';
comment on column meta.report.marks is
    'How much of each kind stood in the database then (states, evidence, ...): where it differs now, something came or went.';
comment on column meta.report.loads is 'Numbers of the loads that were done then.';
comment on column meta.report.figures is
    'All that the document is made from, as its edition may tell it: small counts as <3, no place of a gap for the committee.';
create index report_by_time on meta.report (made_at);

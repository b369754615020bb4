-- Which cameras could have recorded a place is asked for an open case alone. A row an opening: a number that was closed may be
-- opened anew, and both stand. Of a row only its closing is ever written (sql/definitions/42_cases.sql).
create table meta.case_file (
    case_id bigint generated always as identity primary key,
    case_no text not null
        check (case_no = btrim(case_no) and case_no <> '' and length(case_no) <= 60 and case_no !~ '[[:cntrl:]]'),
    office text not null check (btrim(office) <> '' and length(office) <= 100 and office !~ '[[:cntrl:]]'),
    ground text not null check (btrim(ground) <> '' and length(ground) <= 100 and ground !~ '[[:cntrl:]]'),
    opened_at timestamptz not null default clock_timestamp(),
    opened_by text not null check (btrim(opened_by) <> ''),
    opened_login text not null default session_user,
    closed_at timestamptz check (closed_at >= opened_at),
    closed_by text check (btrim(closed_by) <> ''),
    closed_login text,
    constraint closed_by_somebody check (num_nulls(closed_at, closed_by, closed_login) in (0, 3))
);
comment on table meta.case_file is 'Cases for which it may be asked who could have recorded a place: a row an opening.';
comment on column meta.case_file.case_id is 'Number of the opening.';
comment on column meta.case_file.case_no is 'Number of the case or official document, as the requesting office writes it.';
comment on column meta.case_file.office is 'The office that asks for footage.';
comment on column meta.case_file.ground is
    'Its ground in law: in Korea the item of article 18, paragraph 2 (18-2-7: investigation), or 35 (the person concerned).';
comment on column meta.case_file.opened_at is 'When the case was opened here.';
comment on column meta.case_file.opened_by is 'Who opened it, as the program said.';
comment on column meta.case_file.opened_login is 'The database''s user who opened it, whatever name was given.';
comment on column meta.case_file.closed_at is 'When it was closed; NULL while it is open.';
comment on column meta.case_file.closed_by is 'Who closed it, as the program said.';
comment on column meta.case_file.closed_login is 'The database''s user who closed it.';
create unique index one_open_case_of_a_number on meta.case_file (case_no) where closed_at is null;

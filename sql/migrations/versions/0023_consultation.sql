-- Before a public body hangs a camera it asks (PIPA article 25, paragraph 3, Decree article 23): notice or hearing under the
-- Administrative Procedures Act, or briefing, survey or poll of those whom it directly concerns. A candidate keeps the ground in law
-- that it was proposed on (article 25, paragraph 1); a plan is approved only on records of having asked
-- (sql/definitions/52_consultation.sql). No row says who said what: opinions are counted.
alter table core.plan_camera add column legal_ground text generated always as (attributes ->> 'ground') stored
    constraint a_ground_of_the_law check (legal_ground in ('25-1-1', '25-1-2', '25-1-3', '25-1-4', '25-1-5', '25-1-6'));
comment on column core.plan_camera.legal_ground is
    'Ground in law that the camera is proposed on: item of article 25, paragraph 1 of the Act; NULL is not told.';

create table core.plan_consultation (
    consultation_id bigint generated always as identity primary key,
    plan_id bigint not null references core.plan,
    order_no int,
    method text not null check (method in ('notice', 'hearing', 'briefing', 'survey', 'poll')),
    held_from date not null,
    held_to date not null,
    opinions int not null check (opinions >= 0),
    outcome text not null check (outcome in ('supported', 'changes', 'divided', 'opposed', 'none')),
    document_no text check (document_no = btrim(document_no) and document_no <> '' and length(document_no) <= 60
        and document_no !~ '[[:cntrl:]]'),
    recorded_at timestamptz not null default clock_timestamp(),
    recorded_by text not null check (btrim(recorded_by) <> ''),
    recorded_login text not null default session_user,
    withdrawn_at timestamptz check (withdrawn_at >= recorded_at),
    withdrawn_by text check (btrim(withdrawn_by) <> ''),
    withdrawn_login text,
    foreign key (plan_id, order_no) references core.plan_camera,
    constraint held_to_is_not_before_from check (held_to >= held_from),
    constraint no_opinion_no_outcome check ((opinions = 0) = (outcome = 'none')),
    constraint withdrawn_by_somebody check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_login) in (0, 3))
);
comment on table core.plan_consultation is
    'Records of having asked about a plan: a row a notice, hearing, briefing, survey or poll. Added to, never changed; withdrawn once.';
comment on column core.plan_consultation.consultation_id is 'Number of the record.';
comment on column core.plan_consultation.plan_id is 'The plan.';
comment on column core.plan_consultation.order_no is 'The one camera of the plan that it was about; NULL: all of them.';
comment on column core.plan_consultation.method is 'notice or hearing (administrative procedure), briefing, survey or poll of those concerned.';
comment on column core.plan_consultation.held_from is 'First day, on the district''s calendar.';
comment on column core.plan_consultation.held_to is 'Last day, on the district''s calendar.';
comment on column core.plan_consultation.opinions is 'How many opinions came in.';
comment on column core.plan_consultation.outcome is
    'What they come to: supported, changes (supported with changes), divided, opposed; none where no opinion came.';
comment on column core.plan_consultation.document_no is 'Number of the official document that holds the result; NULL is not told.';
comment on column core.plan_consultation.recorded_at is 'When it was recorded here.';
comment on column core.plan_consultation.recorded_by is 'Who recorded it, as the program said.';
comment on column core.plan_consultation.recorded_login is 'The database''s user who recorded it, whatever name was given.';
comment on column core.plan_consultation.withdrawn_at is 'When the record was withdrawn as mistaken; NULL: it stands.';
comment on column core.plan_consultation.withdrawn_by is 'Who withdrew it, as the program said.';
comment on column core.plan_consultation.withdrawn_login is 'The database''s user who withdrew it.';
create index plan_consultation_plan on core.plan_consultation (plan_id);

create table core.plan_decision (
    decision_id bigint generated always as identity primary key,
    plan_id bigint not null references core.plan,
    decision text not null check (decision in ('approved', 'rejected')),
    why text check (btrim(why) <> '' and length(why) <= 300 and why !~ '[[:cntrl:]]'),
    decided_at timestamptz not null default clock_timestamp(),
    decided_by text not null check (btrim(decided_by) <> ''),
    decided_login text not null default session_user,
    constraint one_decision_a_plan unique (plan_id),
    constraint a_rejection_says_why check (decision = 'approved' or why is not null)
);
comment on table core.plan_decision is 'What was decided of plans, once of each. Added to, never changed: who wants another decision makes another plan.';
comment on column core.plan_decision.decision_id is 'Number of the decision.';
comment on column core.plan_decision.plan_id is 'The plan.';
comment on column core.plan_decision.decision is 'approved or rejected.';
comment on column core.plan_decision.why is 'The reason; a rejection has one.';
comment on column core.plan_decision.decided_at is 'When.';
comment on column core.plan_decision.decided_by is 'Who decided, as the program said.';
comment on column core.plan_decision.decided_login is 'The database''s user who wrote it, whatever name was given.';

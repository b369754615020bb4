-- A plan is approved on records of having asked, whoever holds the pen: the tables themselves refuse.
-- Each trigger takes the plan's row first, so that a record withdrawn and a plan approved at once come one after the other.

create or replace function core.plan_asked(plan_id bigint) returns boolean
language sql stable
-- A record of the whole plan, or one of each of its cameras.
begin atomic
    select exists (
        select from core.plan_consultation c
        where c.plan_id = plan_asked.plan_id and c.order_no is null and c.withdrawn_at is null
    ) or (
        exists (select from core.plan_camera k where k.plan_id = plan_asked.plan_id)
        and not exists (
            select from core.plan_camera k
            where k.plan_id = plan_asked.plan_id and not exists (
                select from core.plan_consultation c
                where c.plan_id = k.plan_id and c.order_no = k.order_no and c.withdrawn_at is null
            )
        )
    );
end;
comment on function core.plan_asked is 'Whether records stand of having asked about a whole plan, or about each of its cameras.';

create or replace function core.keep_consultation() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        perform from core.plan p where p.plan_id = new.plan_id for update;
        if exists (select from core.plan_decision d where d.plan_id = new.plan_id) then
            raise exception 'plan % is decided: nothing is recorded of it any more', new.plan_id
                using errcode = 'object_not_in_prerequisite_state';
        end if;
        if new.held_to > (now() at time zone coalesce((select d.timezone from meta.district d), 'UTC'))::date then
            raise exception 'a consultation is recorded when it is over' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if tg_op = 'UPDATE' and old.withdrawn_at is null and new.withdrawn_by is not null
        and (new.consultation_id, new.plan_id, new.order_no, new.method, new.held_from, new.held_to, new.opinions, new.outcome,
            new.document_no, new.recorded_at, new.recorded_by, new.recorded_login)
            is not distinct from (old.consultation_id, old.plan_id, old.order_no, old.method, old.held_from, old.held_to,
            old.opinions, old.outcome, old.document_no, old.recorded_at, old.recorded_by, old.recorded_login) then
        perform from core.plan p where p.plan_id = new.plan_id for update;
        if exists (select from core.plan_decision d where d.plan_id = new.plan_id) then
            raise exception 'plan % is decided: what it was decided on stands', new.plan_id
                using errcode = 'object_not_in_prerequisite_state';
        end if;
        -- When, and by which login, is not for the writer to say.
        new.withdrawn_at := clock_timestamp();
        new.withdrawn_login := session_user;
        return new;
    end if;
    raise exception 'a consultation is recorded and withdrawn once, never changed' using errcode = 'insufficient_privilege';
end
$$;
comment on function core.keep_consultation is
    'Let a consultation be recorded when it is over, and withdrawn once before the plan is decided; nothing else of it be changed.';

create or replace trigger plan_consultation_stays_row
before insert or update or delete on core.plan_consultation
for each row execute function core.keep_consultation();
create or replace trigger plan_consultation_stays
before truncate on core.plan_consultation
for each statement execute function core.keep_consultation();

create or replace function core.keep_decision() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'the plan decision is only added to, never changed' using errcode = 'insufficient_privilege';
    end if;
    perform from core.plan p where p.plan_id = new.plan_id for update;
    if new.decision = 'approved' and not core.plan_asked(new.plan_id) then
        raise exception 'plan % has no consultation record, so it cannot be approved', new.plan_id
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if new.decision = 'approved' and exists (
        select from core.plan_camera k where k.plan_id = new.plan_id and k.legal_ground is null
    ) then
        raise exception 'a camera of plan % has no ground in law, so it cannot be approved', new.plan_id
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    return new;
end
$$;
comment on function core.keep_decision is
    'Refuse to approve a plan without a consultation record or with a camera without a ground; refuse to change a decision.';

create or replace trigger plan_decision_stays_row
before insert or update or delete on core.plan_decision
for each row execute function core.keep_decision();
create or replace trigger plan_decision_stays
before truncate on core.plan_decision
for each statement execute function core.keep_decision();

create or replace function core.keep_asked_cameras() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    plan constant bigint := case when tg_op = 'INSERT' then new.plan_id else old.plan_id end;
    given constant text[] := array['ground', 'ground_by'];
begin
    if tg_op = 'UPDATE' and new.plan_id is distinct from old.plan_id then
        raise exception 'a camera of plan % goes to no other plan', old.plan_id
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    perform from core.plan p where p.plan_id = plan for update;
    if not exists (select from core.plan_decision d where d.plan_id = plan) then
        if not exists (select from core.plan_consultation c where c.plan_id = plan and c.withdrawn_at is null) then
            return case when tg_op = 'DELETE' then old else new end;
        end if;
        -- A ground may still be told where none was.
        if tg_op = 'UPDATE' and old.attributes ->> 'ground' is null
            and (new.plan_id, new.order_no, new.heading_deg, new.gain, new.price_won, new.geom::text, new.attributes - given)
            is not distinct from (old.plan_id, old.order_no, old.heading_deg, old.gain, old.price_won, old.geom::text,
                old.attributes - given) then
            return new;
        end if;
    end if;
    raise exception 'people were asked about the cameras of plan %: they stay as they were', plan
        using errcode = 'object_not_in_prerequisite_state';
end
$$;
comment on function core.keep_asked_cameras is 'Refuse to change the cameras of a plan after people were asked about them, but for a ground in law where none was told.';

create or replace trigger plan_camera_stays
before insert or update or delete on core.plan_camera
for each row execute function core.keep_asked_cameras();

create view api.plan_consultation with (security_invoker) as
select consultation_id, plan_id, order_no, method, held_from, held_to, opinions, outcome, document_no, recorded_at, recorded_by,
    withdrawn_at, withdrawn_by
from core.plan_consultation;
comment on view api.plan_consultation is 'Records of having asked about plans.';

create view api.plan_state with (security_invoker) as
select p.plan_id,
    coalesce(d.decision, case when core.plan_asked(p.plan_id) then 'consulted' else 'proposed' end) as state,
    d.why, d.decided_at, d.decided_by
from core.plan p left join core.plan_decision d using (plan_id);
comment on view api.plan_state is 'How far each plan is: proposed, consulted, approved or rejected, and who decided.';

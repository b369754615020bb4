-- The four roles of every district, made where they are missing. Run by the user who connects, before all else.
-- Roles belong to the whole cluster: two districts initialised at once may both try.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['golmok_owner', 'golmok_loader', 'golmok_staff', 'golmok_public'] loop
        if to_regrole(wanted) is null then
            begin
                execute format('create role %I nologin', wanted);
            exception when duplicate_object or unique_violation then
                null;
            end;
        end if;
        -- A superuser may take any role as it is; another user needs to be a member of it.
        if not pg_has_role(session_user, wanted, 'member') then
            execute format('grant %I to %I', wanted, session_user);
        end if;
    end loop;
end
$$;

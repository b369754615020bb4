-- Clear the way for migrations: schema api goes, and of schema core the functions that no table rests on. The
-- definitions state both again afterwards, with whatever arguments they have by then.
create schema if not exists meta;
drop schema if exists api cascade;
do $$
declare
    gone record;
begin
    for round in 1..3 loop  -- one may call another, so a second and third look find what the first had to leave
        for gone in
            select p.oid::regprocedure as signature from pg_proc p
            where p.pronamespace = to_regnamespace('core') and p.prokind = 'f'
        loop
            begin
                execute format('drop function %s', gone.signature);
            exception when dependent_objects_still_exist then
                null;
            end;
        end loop;
    end loop;
end
$$;

-- The access log is only ever added to, whoever holds the pen.

create or replace function meta.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'the % is only added to, never changed', replace(tg_table_name, '_', ' ')
        using errcode = 'insufficient_privilege';
end
$$;
comment on function meta.refuse_change is 'Refuse an update, a delete or a truncation.';

create or replace trigger access_log_stays
before update or delete or truncate on meta.access_log
for each statement execute function meta.refuse_change();

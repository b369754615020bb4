-- Name what this transaction sees, so that others see the same, and tell the versions of the server.
select pg_export_snapshot() as snapshot, current_setting('server_version_num')::int / 10000 as major,
    postgis_lib_version() as postgis, (select version_num from meta.schema_version) as schema

-- Tables that a backup holds.
select schemaname || '.' || tablename from pg_tables where schemaname in ('raw', 'core', 'meta') order by 1

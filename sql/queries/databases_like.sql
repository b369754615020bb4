-- Databases whose name begins so, by name, with their size in bytes.
select datname as name, pg_database_size(oid) as bytes from pg_database where starts_with(datname, :begins) order by datname

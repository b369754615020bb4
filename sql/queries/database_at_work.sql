-- Whether a load or a computation is at work in a database: each holds an advisory lock while it is.
select exists(
    select from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and l.granted and d.datname = :name)

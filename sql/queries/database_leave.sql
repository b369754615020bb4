-- Cut the sessions of others in a database. Gives how many.
select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :name and pid <> pg_backend_pid()

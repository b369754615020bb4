-- Whether a database of a name is there.
select exists(select from pg_database where datname = :name)

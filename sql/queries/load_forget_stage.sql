-- Drop a temporary table.
drop table if exists pg_temp.{stage}

-- What the session calls itself that holds the lock of loads of a name. Names of sessions are shown to every role.
select a.application_name
from pg_locks l
join pg_database d on d.oid = l.database and d.datname = current_database()
join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.granted and l.objsubid = 1
  -- a key of 64 bits is shown as two halves
  and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('load:' || $1::text, 0)
limit 1

-- Whether this session may restore a district's database now: one at a time. Let go when the session ends.
select pg_try_advisory_lock(hashtextextended('restore:' || :name, 0))

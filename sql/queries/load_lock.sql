-- Take the lock of loads of a name when no other one is at work; say whether. It ends with the transaction.
select pg_try_advisory_xact_lock(hashtextextended('load:' || $1::text, 0))

-- Wait until no other load of this source is at work. The lock ends with the transaction.
select pg_advisory_xact_lock(hashtextextended('load:' || $1::text, 0))::text

-- Wait until no other load under this name is at work. The lock ends with the transaction.
select pg_advisory_xact_lock(hashtextextended('load:' || $1::text, 0))::text

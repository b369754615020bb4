-- One writer of fields of view at a time, until the transaction ends.
select pg_advisory_xact_lock(hashtext('core.field_of_view'));

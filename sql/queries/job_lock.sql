-- One run at a time puts its views in place of those of the run before, until the transaction ends.
select pg_advisory_xact_lock(hashtext('core.camera_view'));

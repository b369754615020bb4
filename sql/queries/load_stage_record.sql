-- A temporary table for the records that a run of matching looked at.
create temporary table stage_record (record_key text) on commit drop

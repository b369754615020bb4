-- A temporary table for records that are joined: those of one group tell of the same cameras.
create temporary table stage_group (record_key text, group_key text) on commit drop

-- A temporary table for pairs of records whose decision holds no longer.
create temporary table stage_reopen (record_a text, record_b text) on commit drop

-- A temporary table for pairs of records as a run of matching found them; parts as JSON.
create temporary table stage_match (
    record_a text, record_b text, state text, score double precision, distance_m double precision, parts text,
    digest text
) on commit drop

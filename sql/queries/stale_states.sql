-- States whose fields of view are missing or of other inputs than today's, with the digest of those inputs.
select state_id, inputs_hash from api.stale_fields(cast(:at as date), :engine, :reach_m, cast(:ptz_reach_m as double precision));

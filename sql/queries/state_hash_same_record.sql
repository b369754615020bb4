-- For the hash of the state. Pairs of records that tell of the same cameras, and what holds of them.
select record_a, record_b, state, score, distance_m, parts, digest
from core.same_record

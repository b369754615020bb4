-- For the hash of the state. What people decided of pairs; of several decisions their order counts, not their numbers.
select record_a, record_b, said, reason, decided_by, state_before, score, digest,
    row_number() over (partition by record_a, record_b order by decision_id) as nth
from core.match_decision

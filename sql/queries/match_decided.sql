-- What was said last of each pair of records, with the digest of the records then; what was taken back is not told.
select record_a, record_b, said, digest
from (
    select distinct on (record_a, record_b) record_a, record_b, said, digest
    from core.match_decision order by record_a, record_b, decision_id desc
) last
where said <> 'open'
order by record_a, record_b

-- Write into the log that decisions hold no longer, for a record is another now: the pairs of stage_reopen.
insert into core.match_decision (record_a, record_b, said, reason, decided_by, state_before)
select s.record_a, s.record_b, 'open', 'RECORD_CHANGED', 'golmok', p.state
from stage_reopen s left join core.same_record p using (record_a, record_b)

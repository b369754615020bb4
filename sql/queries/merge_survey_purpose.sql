-- Further purposes go along into the states that a survey began.
insert into core.camera_purpose (state_id, purpose_code)
select d.target_id, p.purpose_code
from deeds d join core.camera_purpose p using (state_id)
where d.deed = 'change' and d.target_id <> d.state_id
on conflict do nothing

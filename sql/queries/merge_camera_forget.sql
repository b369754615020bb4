-- Drop the further purposes of states that this batch wrote, before they are written anew.
delete from core.camera_purpose p
using core.camera_state s, stage_batch b
where s.state_id = p.state_id and s.batch_id = b.batch_id

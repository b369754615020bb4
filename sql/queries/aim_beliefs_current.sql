-- Whether every active state has a belief of these inputs, and none has another.
select not exists (
    select from api.camera_state s
    left join api.aim_belief b using (state_id)
    where s.status = 'active' and b.inputs_hash is distinct from :inputs_hash
);

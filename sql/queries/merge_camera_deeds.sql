-- What is to be done with each camera: new, change (a new state from the file's day), correct (the file of the same
-- day said otherwise, or the state began no earlier), reopen, end, same.
create temporary table deeds on commit drop as
select s.row_no, c.camera_id, k.state_id, k.site_id = c.site_id as stayed, s.camera_key,
    case
        when k.camera_id is null then 'new'
        when not k.open then 'reopen'
        when k.row_hash is not distinct from s.row_hash then 'same'
        when k.said_on >= b.reference_date or lower(k.valid_during) >= b.reference_date then 'correct'
        else 'change'
    end as deed
from stage_camera s
cross join stage_batch b
join core.camera c using (camera_key)
left join known k using (camera_key)
where not s.retired
union all
select e.row_no, k.camera_id, k.state_id, true, k.camera_key,
    case when k.open then 'end' else 'same' end
from known k
-- a record that ended, or that has fewer heads than before
join (select row_no, row_key, bool_or(retired) as retired, max(heads) as heads from stage_camera group by 1, 2) e
    on e.row_key = k.row_key and (e.retired or (k.head_no > e.heads and k.open))

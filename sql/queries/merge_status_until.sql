-- An outage without an end lasts to the next 'up' of the same camera in the file.
update stage_status d set until = u.since
from (
    select row_no, (select min(e.since) from stage_status e
        where e.camera_key = s.camera_key and e.up and e.since >= s.since) as since
    from stage_status s where not up and until is null
) u
where u.row_no = d.row_no and u.since is not null

-- The first state of a camera begins in its month of installation, when a registry corrects that too.
update core.camera_state s
set valid_during = daterange(g.installed_on, upper(s.valid_during))
from deeds d
join stage_camera g using (camera_key)
where d.deed in ('correct', 'change') and s.camera_id = d.camera_id and g.installed_on is not null
    and lower(s.valid_during) <> g.installed_on
    and (upper_inf(s.valid_during) or g.installed_on < upper(s.valid_during))
    and not exists (
        select from core.camera_state e
        where e.camera_id = s.camera_id and lower(e.valid_during) < lower(s.valid_during))

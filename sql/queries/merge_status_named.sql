-- A pole's number alone means its camera where it bears one: the stage gets the camera's own number.
update stage_status s set camera_key = c.camera_key
from core.camera c
where c.camera_key = s.camera_key || '-1'
    and not exists (select from core.camera o where o.camera_key in (s.camera_key, s.camera_key || '-2'))

-- For the hash of the state. Evidence of aims by the keys of camera and site; one that was withdrawn has who
-- withdrew it.
select c.camera_key, site.site_key, e.source, e.observed_on, e.weight, e.lobes, e.place, e.seen, e.tilt_deg,
    e.tilt_spread_deg, e.hfov_deg, e.range_m, e.detail, e.recorded_by, e.withdrawn_by
from core.aim_evidence e join core.camera c using (camera_id) join core.site site on site.site_id = e.site_id

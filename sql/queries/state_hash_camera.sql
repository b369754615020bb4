-- For the hash of the state. Cameras by key, where they hang by the site's key.
select c.camera_key, site.site_key, c.head_no
from core.camera c join core.site site using (site_id)

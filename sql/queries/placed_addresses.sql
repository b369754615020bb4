-- Where the sites that bear a camera are, and what their addresses say.
select st_asbinary(s.geom), s.address_road, s.address_lot
from core.site s
where exists (select from core.camera c where c.site_id = s.site_id)
order by s.site_id

-- For the hash of the state. Sites by key.
select site_key, name, address_road, address_lot, geom
from core.site

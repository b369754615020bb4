-- For the hash of the state. Addresses by key.
select address_key, building_key, address_road, address_lot, geom
from core.address

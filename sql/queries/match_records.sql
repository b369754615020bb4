-- Every record that has cameras now, as it is compared with those of other agencies.
select record_key, agency, st_x(geom) as x_m, st_y(geom) as y_m, purpose_code as purpose, legal_ground, further,
    address_road, address_lot, name, view_text, cameras, pixels, installed_on
from api.camera_record
order by record_key

-- The extent of each zone in force at a day, in degrees (EPSG:4326).
select z.zone_id, st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north
from api.zone_at(:at) z, lateral st_envelope(st_transform(z.geom, 4326)) as box
order by z.zone_id;

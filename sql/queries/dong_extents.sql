-- The dong by name, each with its extent in degrees (EPSG:4326).
select b.code, b.name_ko, b.name_en, st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north
from api.boundary b, lateral st_envelope(st_transform(b.geom, 4326)) as box
where b.level = 'dong'
order by b.name_ko, b.code;

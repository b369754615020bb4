-- The kind of a layer's staged geometries: point, line or area, by the first of them.
select case st_dimension(geom) when 0 then 'point' when 1 then 'line' else 'area' end
from stage_layer_feature order by row_no limit 1

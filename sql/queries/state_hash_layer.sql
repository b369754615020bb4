-- For the hash of the state. Layers by name.
select name, title_ko, title_en, geometry_kind, origin, reference_date
from core.layer

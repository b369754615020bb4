-- For the hash of the state. Boundaries by key.
select boundary_key, level, code, name_ko, name_en, geom
from core.boundary

-- For the hash of the state. Classes of density by standard.
select density_class, standard_version, px_per_m, rank, name_ko, name_en
from core.density_class

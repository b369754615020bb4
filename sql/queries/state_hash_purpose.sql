-- For the hash of the state. Purposes by code.
select purpose_code, name_ko, name_en, legal_ground, density_class
from core.purpose

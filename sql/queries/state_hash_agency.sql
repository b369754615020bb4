-- For the hash of the state. Agencies by name.
select name_ko, name_en
from core.agency

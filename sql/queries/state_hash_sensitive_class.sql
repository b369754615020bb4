-- For the hash of the state. Classes whose places are told coarsely.
select code, word, plain, name_en, cell_m, reason_ko, reason_en
from core.sensitive_class

-- What each layer of risk is scaled by, as last frozen: layer, low, high, method, frozen_at, base_from, base_to, rows, source.
select distinct on (layer) layer, low, high, method, frozen_at, base_from, base_to, rows, source
from api.risk_reference
order by layer, frozen_at desc;

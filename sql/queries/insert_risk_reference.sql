-- Freeze what a layer of risk is scaled by; those of one freezing bear one time.
insert into core.risk_reference (layer, low, high, method, base_from, base_to, rows, source)
values (:layer, :low, :high, :method, :base_from, :base_to, :rows, :source)

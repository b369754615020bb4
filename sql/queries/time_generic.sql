-- Plan a prepared statement once and for all, not for the values at hand.
set plan_cache_mode = force_generic_plan

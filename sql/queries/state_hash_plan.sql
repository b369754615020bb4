-- For the hash of the state. Kept plans, by what they say.
select name, cameras, budget_won, figures
from core.plan

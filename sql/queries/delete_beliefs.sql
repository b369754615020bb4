-- Beliefs are stated anew all together.
delete from core.aim_belief;

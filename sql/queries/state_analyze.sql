-- What the planner knows of the tables, after a restore.
analyze

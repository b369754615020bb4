-- Tell the planner what a temporary table holds.
analyze {stage}

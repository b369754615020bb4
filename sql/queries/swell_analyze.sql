-- What the planner knows of the tables that grew.
analyze core.site, core.camera, core.camera_state, core.aim_belief, core.field_of_view, core.building, core.alley;

-- The union of the dong is the truer outline: whole districts leave the stage.
delete from stage_boundary where level <> 'dong'

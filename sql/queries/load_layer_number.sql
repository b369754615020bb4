-- Say of which layer the staged features are.
update stage_layer_feature set layer_id = {layer_id}

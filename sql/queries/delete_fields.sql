-- Take away the fields of view of all states that are staged to be written anew.
delete from core.field_of_view where state_id in (select state_id from staged_field);

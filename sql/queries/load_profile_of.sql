-- What the rows of a load were like: table_name, agency, fact, name, n.
select table_name, agency, fact, name, n from api.load_profile where batch_id = :batch_id order by table_name, agency, fact, name;

-- Whether two full lists share at least half of the one's or the other's objects: alike.
with one as (select unnest(keys) as key from api.batch_list where batch_id = :batch_id
), other as (select unnest(keys) as key from api.batch_list where batch_id = :other_id
), shared as (select count(*) as n from one join other using (key))
select n > 0 and 2 * n >= least((select count(*) from one), (select count(*) from other)) as alike from shared;

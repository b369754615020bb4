-- What a full list named, so that the next one can be held against it: a file that lost rows is seen, and objects that it
-- no longer names can be ended.
create table meta.batch_list (
    batch_id bigint primary key references meta.batch,
    keys text[] not null
);
comment on table meta.batch_list is
    'The objects that a full list named, by natural key; loads of parts of a list and of change feeds have no row.';
comment on column meta.batch_list.batch_id is 'The load.';
comment on column meta.batch_list.keys is 'Natural keys of the rows that were taken, sorted.';

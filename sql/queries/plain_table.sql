-- A table with the columns of another and nothing else of it: no key, no index, no constraint.
create table {table} as select {columns} from {like} with no data

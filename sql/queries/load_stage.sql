-- A temporary table for objects of a table, beside the number of the row that each came of.
create temporary table {stage} on commit drop as
select 0::int as row_no, {columns} from {target} with no data

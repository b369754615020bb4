-- How many rows a table holds.
select count(*) from {table}

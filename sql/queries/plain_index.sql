-- The index that a table of shapes is drawn by.
create index on {table} using gist (geom)

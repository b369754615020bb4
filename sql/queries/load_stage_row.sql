-- A temporary table of the file's rows: what the rules across rows need of each, and why it left, if it did.
create temporary table stage_row (
    row_no int, part text, reason text, key text, own_key text, may_be_twin boolean, contents bytea, changed_at text,
    place text, address text, elsewhere text, ended boolean
) on commit drop

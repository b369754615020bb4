-- A refused row of a registry of cameras may bear no number: its agency and its address, where they name one row alone, tie it.
alter table meta.refusal
    drop constraint refusal_repaired_by_check,
    add constraint refusal_repaired_by_check check (repaired_by in ('mark', 'key', 'file', 'address'));
comment on column meta.refusal.repaired_by is
    'How the rows were found to be the same: mark (column golmok_refusal of the file), key, file (same file and row), or address (of a camera without a number: the one row of its agency at its address).';

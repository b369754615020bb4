-- A refused row is followed: through the files that bring it again, until one of them brings it repaired.
alter table meta.refusal
    add column line_no int check (line_no >= 1),
    add column row_key text check (row_key <> ''),
    add column first_id bigint references meta.refusal,
    add column repaired_batch_id bigint references meta.batch,
    add column repaired_row_no int check (repaired_row_no >= 1),
    add column repaired_at timestamptz,
    add column repaired_as text check (repaired_as in ('taken', 'duplicate', 'outside')),
    add column repaired_by text check (repaired_by in ('mark', 'key', 'file')),
    add constraint a_later_refusal_follows_an_earlier_one check (first_id < refusal_id),
    add constraint a_repair_is_told_whole check (
        num_nulls(repaired_batch_id, repaired_row_no, repaired_at, repaired_as, repaired_by) in (0, 5)),
    add constraint a_later_load_repairs check (repaired_batch_id > batch_id);
comment on column meta.refusal.line_no is
    'Line of the file on which the row begins, counted from 1 with the header; NULL where the form has no lines.';
comment on column meta.refusal.row_key is
    'Natural key of the row as it was read (core.raw_key); NULL where the row has none, or a spreadsheet rounded it.';
comment on column meta.refusal.first_id is 'The first refusal of the same row; NULL for that one itself.';
comment on column meta.refusal.repaired_batch_id is 'The load that brought the row repaired; NULL while it is open.';
comment on column meta.refusal.repaired_row_no is 'Number of the repaired row in the file of that load.';
comment on column meta.refusal.repaired_at is 'When that load ended.';
comment on column meta.refusal.repaired_as is
    'What became of the repaired row: taken into the tables, duplicate of one taken, or outside the district.';
comment on column meta.refusal.repaired_by is
    'How the rows were found to be the same: mark (column golmok_refusal of the file), key, or file (same file and row).';

-- A file that was loaded several times refused the same row several times.
update meta.refusal r
set first_id = seen.first_id
from (
    select refusal_id, min(refusal_id) over (partition by source, file_sha256, row_no) as first_id
    from meta.refusal join meta.batch using (batch_id)
    where file_sha256 is not null
) seen
where seen.refusal_id = r.refusal_id and seen.first_id < r.refusal_id;

create index refusal_chain on meta.refusal (coalesce(first_id, refusal_id));

-- What the rows of a load were like, counted while it ran: a figure on a sheet of quality needs no second look at them.
create table meta.load_profile (
    batch_id bigint not null references meta.batch,
    table_name text not null,
    agency text not null default '',
    fact text not null check (fact in ('rows', 'refused', 'filled', 'decimals')),
    name text not null default '',
    n bigint not null check (n > 0),
    primary key (batch_id, table_name, agency, fact, name)
);
comment on table meta.load_profile is
    'Counts over the rows of a load that are of this district: how many, refused, filled by column, by decimals of coordinates.';
comment on column meta.load_profile.batch_id is 'The load.';
comment on column meta.load_profile.table_name is 'Which table of the file.';
comment on column meta.load_profile.agency is 'Whose rows, of registries of cameras; blank for other sources and where the row names none.';
comment on column meta.load_profile.fact is
    'rows: all; refused: in quarantine; filled: with something in column name; decimals: with coordinates of class name.';
comment on column meta.load_profile.name is 'Of filled the column, of decimals the class (core.decimals); else blank.';
comment on column meta.load_profile.n is 'How many rows.';

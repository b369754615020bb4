-- What hundreds of thousands of poses see takes a minute to work out and changes with streets, walls and lenses alone.
create table core.kept_cover (
    scope text not null check (scope <> ''),
    name text not null check (name <> ''),
    part int not null check (part >= 0),
    inputs_hash text not null check (inputs_hash <> ''),
    kind text not null check (kind in ('i1', 'i4', 'i8')),
    numbers bytea not null,
    kept_on date not null default current_date,
    primary key (scope, name, part)
);
-- They are compressed already.
alter table core.kept_cover alter column numbers set storage external;
comment on table core.kept_cover is
    'Which camera that a plan may buy, hang and aim sees which point: one cover a scope. May be emptied.';
comment on column core.kept_cover.scope is 'The question: points and density class.';
comment on column core.kept_cover.name is 'Which array of the cover: option, first, column or side.';
comment on column core.kept_cover.part is 'Number of the piece of the array, from 0 on.';
comment on column core.kept_cover.inputs_hash is
    'Digest of all that the cover was worked out from: points, mounts, models, headings, buildings, terrain. Another digest: it is out of date.';
comment on column core.kept_cover.kind is 'Little-endian whole numbers of so many bytes.';
comment on column core.kept_cover.numbers is 'The piece, compressed with zlib.';
comment on column core.kept_cover.kept_on is 'When it was worked out (UTC).';

-- After a change coverage draws anew only in the cells that the change bears on: the sums of the others are kept here.
create table core.kept_sum (
    scope text not null check (scope <> ''),
    digest text not null check (digest <> ''),
    shape int[] not null check (cardinality(shape) between 1 and 3),
    numbers bytea not null,
    kept_on date not null default current_date,
    primary key (scope, digest)
);
comment on table core.kept_sum is
    'Sums taken for coverage, by cell of 500 m: where nothing changed they serve again. May be emptied.';
comment on column core.kept_sum.scope is 'The question: day, class and sampling.';
comment on column core.kept_sum.digest is 'Digest of all that the sums were taken from.';
comment on column core.kept_sum.shape is 'Shape of the array: levels, draws and groups, or groups.';
comment on column core.kept_sum.numbers is 'The array, little-endian double precision, the last index fastest.';
comment on column core.kept_sum.kept_on is 'When they were taken (UTC); after a month they are forgotten.';

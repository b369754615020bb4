-- What places are called, drawn from the rows of other tables by the triggers of definitions/65_names.sql: an operator who
-- types an address waits for the answer, so names are spelt out when they are loaded, not when they are asked for.
create table core.place_name (
    kind text not null check (kind in ('road', 'lot', 'street', 'building', 'site', 'bell', 'landmark', 'dong')),
    plain text not null check (plain <> ''),
    name text not null,
    letters text not null,
    initials text not null,
    primary key (kind, plain)
);
comment on table core.place_name is
    'A name of places: of a road or a dong whose houses are numbered, or of a place itself. It stays when its places go.';
comment on column core.place_name.kind is
    'road and lot: houses are numbered in it; street, building, site, bell, landmark, dong: it is a place itself.';
comment on column core.place_name.plain is 'The name without spaces, stops and capitals.';
comment on column core.place_name.name is 'The name as it was written first.';
comment on column core.place_name.letters is
    'The keys that type the name on a Korean keyboard: its single letters, in ASCII. Spellings are compared by them.';
comment on column core.place_name.initials is 'The keys of the first consonant of each syllable, and the digits.';
-- Trigrams of ASCII: those of Hangul itself are empty in a database of locale C.
-- No list of new entries beside it: the first questions after a load would wait for it to be read.
create index place_name_like on core.place_name using gin (letters public.gin_trgm_ops) with (fastupdate = off);
create index place_name_start on core.place_name (letters text_pattern_ops);
create index place_name_initials on core.place_name (initials text_pattern_ops);

create table core.place_spot (
    source text not null,
    source_id bigint not null,
    kind text not null,
    plain text not null,
    main int,
    sub int not null default 0,
    stated boolean not null default true,
    x_m double precision not null,
    y_m double precision not null
);
comment on table core.place_spot is 'Where a name, or a number of it, lies.';
comment on column core.place_spot.source is 'The table of core that it was drawn from.';
comment on column core.place_spot.source_id is 'Number of the row there.';
comment on column core.place_spot.kind is 'Kind of the name.';
comment on column core.place_spot.plain is 'The name, as core.place_name has it.';
comment on column core.place_spot.main is 'Number of the house or lot; NULL for a place without one.';
comment on column core.place_spot.sub is 'Second part of the number, 0 for none.';
comment on column core.place_spot.stated is
    'False where the dong of a lot was not stated: it is then the one in whose outline the entrance lies.';
comment on column core.place_spot.x_m is 'East, metres of the district CRS.';
comment on column core.place_spot.y_m is 'North, metres of the district CRS.';
create index place_spot_number on core.place_spot (kind, plain, main);
create index place_spot_source on core.place_spot (source, source_id);
create index address_building on core.address (building_key);

-- What places are called: how a name is spelt in single letters, which names each row gives, and the triggers that keep
-- core.place_name and core.place_spot what the rows say. Whole statements are looked at: a load merges thousands in one.

create or replace function core.plain_name(name text) returns text
language sql immutable parallel safe
-- Collation C: the same on every server.
return lower(regexp_replace(normalize(name, nfc), '[[:space:].,·()\-]', '', 'g') collate "C");
comment on function core.plain_name is 'A name without spaces, stops, brackets and capitals.';

create or replace function core.keystrokes(name text) returns text
language sql immutable parallel safe
-- The keys of the Korean standard keyboard (KS X 5002), shift left out, so that a double consonant counts as its single
-- one. First the letters that take two keys, then the others; accents of other scripts are dropped.
-- etl.keystrokes tells the same.
return lower(translate(
    regexp_replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(
        normalize(core.plain_name(name), nfd),
        U&'\116A', 'hk'), U&'\116B', 'ho'), U&'\116C', 'hl'), U&'\116F', 'nj'), U&'\1170', 'np'), U&'\1171', 'nl'),
        U&'\1174', 'ml'), U&'\11AA', 'rt'), U&'\11AC', 'sw'), U&'\11AD', 'sg'), U&'\11B0', 'fr'), U&'\11B1', 'fa'),
        U&'\11B2', 'fq'), U&'\11B3', 'ft'), U&'\11B4', 'fx'), U&'\11B5', 'fv'), U&'\11B6', 'fg'), U&'\11B9', 'qt'),
        U&'[\0300-\036F]', '', 'g'),
    U&'\1100\1101\1102\1103\1104\1105\1106\1107\1108\1109\110A\110B\110C\110D\110E\110F\1110\1111\1112'
    '\1161\1162\1163\1164\1165\1166\1167\1168\1169\116D\116E\1172\1173\1175'
    '\11A8\11A9\11AB\11AE\11AF\11B7\11B8\11BA\11BB\11BC\11BD\11BE\11BF\11C0\11C1\11C2',
    'rrseefaqqttdwwczxvg'
    'koiojpuphynbml'
    'rrsefaqttdwczxvg'
) collate "C");
comment on function core.keystrokes is
    'The keys that type a name on a Korean keyboard, capitals and double consonants as their single ones.';

create or replace function core.initials(name text) returns text
language sql immutable parallel safe
-- Vowels and consonants at the end go, what is left is typed.
return core.keystrokes(regexp_replace(normalize(core.plain_name(name), nfd), U&'[\1161-\11FF]', '', 'g'));
comment on function core.initials is 'The keys of the first consonants of a name''s syllables, digits among them.';

create or replace function core.without_region(address text) returns text
language sql immutable parallel safe
-- A province, city or district in front, with a space behind it or glued to what follows a city of its own right.
return regexp_replace(
    regexp_replace(address, '^\s*[가-힣]{2,4}(?:특별시|광역시|특별자치시)\s*(?:[가-힣]{1,4}[구군])?(?=[\s가-힣])\s*', ''),
    '^\s*(\S+(시|도|구|군)\s+)+', '');
comment on function core.without_region is 'An address without the province, city and district in front.';

create or replace function core.address_parts(address text) returns text[]
language plpgsql immutable parallel safe
-- The first number that is none of a branch of the road, a dong, a storey; some write the address itself in brackets. The
-- first quantifier makes the whole pattern take the shortest match. Of the words before it the last is the name, with the
-- one before it where that is but a branch or a hill.
as $$
declare
    of_number constant text := '^\s*?(.*?[^\d\s-])\s*(?:지하\s*)?(\d{1,5})(?:\s?-\s?(\d{1,4}))?(?![\d-])'
        '(?!\s?[가-힣]{0,8}(?:길|로)(?![가-힣]))(?!동|층|가(?![가-힣]))';
    -- as the road-address map writes them, which are most
    part text[] := regexp_match(address, '^([가-힣]+\d*[가-힣]+) (\d{1,5})(?:-(\d{1,4}))?$');
begin
    if part is null then
        part := coalesce(
            regexp_match(core.without_region(regexp_replace(address, '\([^)]*\)?', ' ', 'g')), of_number),
            regexp_match(core.without_region(substring(address from '\(([^)]*)')), of_number));
        if part[1] ~ '[가-힣]' then
            part[1] := substring(part[1] from '(?:\S+\s+)?(?:\d\S*|산)$|\S+$');
        end if;
    end if;
    return part;
end
$$;
comment on function core.address_parts is
    'Name, number and second part of the number of a road or lot address; NULL where there is no number.';

create or replace function core.house_kind(name text, column_kind text) returns text
language sql immutable parallel safe
-- Korean names say what they are, also where a registry wrote them into the wrong column; those of other scripts are what
-- their column is.
return case
    when name !~ '[가-힣]' then column_kind
    when name ~ '(로|길)$' then 'road'
    when name ~ '(동|리|가|읍|면)( ?산)?$' then 'lot'
end;
comment on function core.house_kind is
    'Whether the houses of a name are numbered along a road or as lots of a dong (road | lot); NULL for neither.';

create or replace function core.names_given(source text, ids bigint[])
returns table (source_id bigint, kind text, name text, main int, sub int, stated boolean, geom geometry)
language sql stable
-- The dong of an entrance's lot stands in the key of its building, which begins with the code of the dong in law; where
-- no outline of that code is loaded it is the one that the entrance lies in, without the number that offices add.
begin atomic
    select a.address_id, core.house_kind(part[1], 'road'), part[1], part[2]::int, coalesce(part[3]::int, 0), true, a.geom
    from core.address a cross join lateral core.address_parts(a.address_road) part
    where names_given.source = 'address' and a.address_id = any (ids) and core.house_kind(part[1], 'road') is not null
    union all
    select a.address_id, core.house_kind(part[1], 'lot'), part[1], part[2]::int, coalesce(part[3]::int, 0), coded.name_ko is not null or a.address_lot !~ '^\d', a.geom
    from core.address a
    left join lateral (
        select b.name_ko from core.boundary b
        where b.level = 'dong' and left(b.code, 8) = left(a.building_key, 8) and b.code ~ '^\d{8}'
        order by b.boundary_id limit 1
    ) coded on a.address_lot ~ '^\d'
    left join lateral (
        select regexp_replace(b.name_ko, '제?\d+동$', '동') as name_ko from core.boundary b
        where b.level = 'dong' and coded.name_ko is null and st_covers(b.geom, a.geom)
        order by b.boundary_id limit 1
    ) around on a.address_lot ~ '^\d'
    cross join lateral core.address_parts(
        case when a.address_lot ~ '^\d' then coalesce(coded.name_ko, around.name_ko) || ' ' || a.address_lot
            else a.address_lot end) part
    where names_given.source = 'address' and a.address_id = any (ids) and core.house_kind(part[1], 'lot') is not null
    union all
    select s.site_id, core.house_kind(part[1], told.kind), part[1], part[2]::int, coalesce(part[3]::int, 0), true, s.geom
    from core.site s
    cross join lateral (values ('road', s.address_road), ('lot', s.address_lot)) told (kind, address)
    cross join lateral core.address_parts(told.address) part
    where names_given.source = 'site' and s.site_id = any (ids) and core.house_kind(part[1], told.kind) is not null
    union all
    select s.site_id, 'site', s.name, null, 0, true, s.geom
    from core.site s where names_given.source = 'site' and s.site_id = any (ids)
    union all
    select l.alley_id, 'street', l.name, null, 0, true, st_pointonsurface(l.geom)
    from core.alley l where names_given.source = 'alley' and l.alley_id = any (ids)
    union all
    select b.building_id, 'building', b.name, null, 0, true, st_pointonsurface(b.geom)
    from core.building b where names_given.source = 'building' and b.building_id = any (ids)
    union all
    select b.bell_id, 'bell', told.name, null, 0, true, b.geom
    from core.bell b cross join lateral (values (b.name), (b.place_text)) told (name)
    where names_given.source = 'bell' and b.bell_id = any (ids)
    union all
    select b.boundary_id, 'dong', b.name_ko, null, 0, true, st_pointonsurface(b.geom)
    from core.boundary b where names_given.source = 'boundary' and b.boundary_id = any (ids) and b.level = 'dong'
    union all
    -- schools, parks and what else a city's layers name
    select f.feature_id, 'landmark', told.value, null, 0, true, st_pointonsurface(f.geom)
    from core.layer_feature f cross join lateral jsonb_each_text(f.attributes) told
    where names_given.source = 'layer_feature' and f.feature_id = any (ids) and told.key ~ '시설명$';
end;
comment on function core.names_given is 'Which places rows of a table name, with the number of the house or lot where there is one.';

create or replace function core.draw_names(source text, ids bigint[]) returns void
language sql volatile
-- Names that are there stay untouched and unlocked: loads of two sources may name one road at once.
begin atomic
    delete from core.place_spot p where p.source = draw_names.source and p.source_id = any (ids);
    with given as materialized (
        select g.*, core.plain_name(g.name) as plain
        from core.names_given(draw_names.source, ids) g
        where core.plain_name(g.name) <> ''
    ), named as (
        insert into core.place_name (kind, plain, name, letters, initials)
        select n.kind, n.plain, n.name, core.keystrokes(n.name), core.initials(n.name)
        from (select distinct on (g.kind, g.plain) g.kind, g.plain, g.name from given g order by g.kind, g.plain, g.name) n
        where not exists (select from core.place_name p where p.kind = n.kind and p.plain = n.plain)
        on conflict do nothing
    )
    insert into core.place_spot (source, source_id, kind, plain, main, sub, stated, x_m, y_m)
    select draw_names.source, g.source_id, g.kind, g.plain, g.main, g.sub, g.stated, st_x(g.geom), st_y(g.geom)
    from given g;
end;
comment on function core.draw_names is 'Draw the names of rows of a table anew; rows that are gone give none.';

create or replace function core.keep_names() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    ids bigint[];
begin
    -- Copies of a whole city, made to measure by, are asked for by no name.
    if current_setting('golmok.names', true) = 'off' then
        return null;
    end if;
    if tg_op = 'DELETE' then
        execute format('select array_agg(%I) from was', tg_argv[0]) into ids;
    else
        execute format('select array_agg(%I) from fresh', tg_argv[0]) into ids;
    end if;
    if ids is null then
        return null;
    end if;
    perform core.draw_names(tg_table_name, ids);
    -- The dong of a lot may be told by an outline.
    if tg_table_name = 'boundary' then
        perform core.draw_names('address', (select array_agg(a.address_id) from core.address a));
    end if;
    return null;
end
$$;
comment on function core.keep_names is 'Keep the names of places what the rows say; its argument is the column of their numbers.';

do $$
declare
    kept record;
begin
    for kept in
        select * from (values
            ('address', 'address_id'), ('site', 'site_id'), ('alley', 'alley_id'), ('building', 'building_id'),
            ('bell', 'bell_id'), ('boundary', 'boundary_id'), ('layer_feature', 'feature_id')
        ) as sources (name, number)
    loop
        execute format('create or replace trigger names_inserted after insert on core.%I referencing new table as fresh '
            'for each statement execute function core.keep_names(%L)', kept.name, kept.number);
        execute format('create or replace trigger names_updated after update on core.%I referencing new table as fresh '
            'for each statement execute function core.keep_names(%L)', kept.name, kept.number);
        execute format('create or replace trigger names_deleted after delete on core.%I referencing old table as was '
            'for each statement execute function core.keep_names(%L)', kept.name, kept.number);
        -- What was loaded before the names were kept, or before this was last stated, is drawn now.
        execute format('select core.draw_names(%L, array_agg(%I)) from core.%I', kept.name, kept.number, kept.name);
    end loop;
    delete from core.place_name n
    where not exists (select from core.place_spot p where p.kind = n.kind and p.plain = n.plain);
end
$$;

create view api.place_name with (security_invoker) as
select kind, plain, name, letters, initials from core.place_name;
comment on view api.place_name is 'Names of places, and how they are spelt in single letters.';

create view api.place_spot with (security_invoker) as
select source, source_id, kind, plain, main, sub, stated, x_m, y_m from core.place_spot;
comment on view api.place_spot is 'Where names, and numbers of roads and lots, lie: metres of the district CRS.';

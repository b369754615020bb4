-- How a refused row is told to be the same as a row of a later file.

create or replace function core.raw_key(content jsonb) returns text
language plpgsql immutable parallel safe
-- Keys come from keyboards: wide forms, spaces and letters that nobody sees make no other row. A key that a spreadsheet
-- rounded to an exponent may be that of many rows. Not in SQL: it is asked of each row of a file, and would not be inlined.
as $$
declare
    key text := case content ->> 'table'
        when 'registry' then content ->> 'mgmt_no'
        when 'survey' then (content ->> 'mgmt_no') || '/' || (content ->> 'head_no')
        when 'status' then (content ->> 'mgmt_no') || '/' || (content ->> 'head_no') || '/' || (content ->> 'since')
        when 'lamp' then content ->> 'lamp_no'
        when 'bell' then content ->> 'bell_no'
        when 'safe_return' then content ->> 'facility_no'
        when 'speaker' then content ->> 'speaker_key'
        when 'zone' then content ->> 'zone_key'
        when 'call' then content ->> 'incident_key'
        when 'supply' then content ->> 'record_key'
        when 'feature' then content ->> 'feature_key'
        when 'place' then content ->> 'feature_key'
    end;
begin
    if key is null or key ~ '^[0-9-]+$' then -- the usual number needs no other spelling
        return key;
    end if;
    key := regexp_replace(upper(normalize(key, nfkc)), '[\s'']', '', 'g');
    return case when key = '' or key ~ '^[0-9]([.][0-9]+)?E[+]?[0-9]+$' then null else key end;
end
$$;
comment on function core.raw_key is
    'The natural key of a row as read, in one spelling; NULL where its table has none, it is blank, or it was rounded.';

create or replace function core.raw_spot(content jsonb) returns text
language sql immutable parallel safe
return case when content ->> 'table' = 'registry' then nullif(btrim(content ->> 'manager'), '') || '/'
    || coalesce(core.address_key(content ->> 'address_road'), core.address_key(content ->> 'address_lot')) end;
comment on function core.raw_spot is
    'Agency and address (by road, else lot) of a registry''s row as read; NULL where either is not told or has no number.';

create or replace function core.refusal_mark(batch bigint, row_no int) returns text
language sql immutable parallel safe
-- It goes through spreadsheets: no date, time or number may be read into it, and it ends with letters that hang on the
-- numbers, so that a fill-down that counts on makes no mark of another row.
return 'b' || batch || '-r' || row_no || '-'
    || translate(left(md5(batch || '-' || row_no), 3), '0123456789', 'ghjkmnpqrs');
comment on function core.refusal_mark is
    'What a refused row is called in a file that people mend (column golmok_refusal): its load, its row and three letters.';

create or replace function core.decimals(lat text, lon text) returns text
language sql immutable parallel safe
-- The digits behind the point say how fine a place was told; zeros at the end may be a spreadsheet's. Of the two numbers the
-- finer one counts: one in ten ends with a zero by chance.
begin atomic
    select case
        when decimals.lat ~ '^[0-9]{1,2}[.][0-9]+$' and decimals.lon ~ '^(1[0-7])?[0-9]{1,2}[.][0-9]+$'
            then least(6, greatest(2, length(rtrim(split_part(decimals.lat, '.', 2), '0')),
                length(rtrim(split_part(decimals.lon, '.', 2), '0'))))::text -- the usual pair, read once
        when coalesce(btrim(decimals.lat), '') = '' or coalesce(btrim(decimals.lon), '') = '' then 'blank'
        when btrim(decimals.lat) !~ '^[-+]?[0-9]{1,9}([.][0-9]*)?$'
            or btrim(decimals.lon) !~ '^[-+]?[0-9]{1,9}([.][0-9]*)?$' then 'unread'
        when greatest(abs(btrim(decimals.lat)::numeric), abs(btrim(decimals.lon)::numeric)) > 1000 then 'metric'
        when greatest(abs(btrim(decimals.lat)::numeric), abs(btrim(decimals.lon)::numeric)) > 180 then 'unread'
        else least(6, greatest(2,
            length(rtrim(split_part(btrim(decimals.lat), '.', 2), '0')),
            length(rtrim(split_part(btrim(decimals.lon), '.', 2), '0'))))::text
    end;
end;
comment on function core.decimals is
    'How fine coordinates are told: 2 (or fewer decimals of a degree), 3, 4, 5, 6 (or more), metric, unread or blank.';

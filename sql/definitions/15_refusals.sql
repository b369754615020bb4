-- How a refused row is told to be the same as a row of a later file.

create or replace function core.raw_key(content jsonb) returns text
language sql immutable parallel safe
-- Keys come from keyboards: wide forms, spaces and letters that nobody sees make no other row. A key that a spreadsheet
-- rounded to an exponent may be that of many rows.
begin atomic
    select case when key ~ '^[0-9]([.][0-9]+)?E[+]?[0-9]+$' then null else key end
    from (
        select nullif(regexp_replace(upper(normalize(
            case raw_key.content ->> 'table'
                when 'registry' then raw_key.content ->> 'mgmt_no'
                when 'survey' then (raw_key.content ->> 'mgmt_no') || '/' || (raw_key.content ->> 'head_no')
                when 'status' then (raw_key.content ->> 'mgmt_no') || '/' || (raw_key.content ->> 'head_no')
                    || '/' || (raw_key.content ->> 'since')
                when 'lamp' then raw_key.content ->> 'lamp_no'
                when 'bell' then raw_key.content ->> 'bell_no'
                when 'safe_return' then raw_key.content ->> 'facility_no'
                when 'speaker' then raw_key.content ->> 'speaker_key'
                when 'zone' then raw_key.content ->> 'zone_key'
                when 'call' then raw_key.content ->> 'incident_key'
                when 'supply' then raw_key.content ->> 'record_key'
                when 'feature' then raw_key.content ->> 'feature_key'
                when 'place' then raw_key.content ->> 'feature_key'
            end, nfkc)), '[\s'']', '', 'g'), '') as key
    ) as said;
end;
comment on function core.raw_key is
    'The natural key of a row as read, in one spelling; NULL where its table has none, it is blank, or it was rounded.';

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
        when nullif(btrim(decimals.lat), '') is null or nullif(btrim(decimals.lon), '') is null then 'blank'
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

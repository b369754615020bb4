-- A row when the file has rows without a number in quarantine: which record they mean cannot be told.
select 1 from stage_row where reason is not null and own_key is null and reason not in (
    'OUTSIDE', 'DUPLICATE_IN_FILE', 'SUPERSEDED', 'TOTAL_ROW') limit 1

-- Who really connected, beside the name that the app gives. What was written before does not say, and is not changed:
-- the constraint holds for new rows alone.
alter table meta.access_log add column login text;
alter table meta.access_log alter column login set default session_user;
alter table meta.access_log add constraint login_is_known check (login is not null) not valid;
comment on column meta.access_log.login is
    'The database''s user who connected, whatever name was given; NULL in rows of before it was kept.';

-- Keep a report; the same bytes are one report, whoever makes them again. Gives its number and whether it is new.
with made as (
    insert into meta.report (since, until, edition, lang, form, made_by, purpose, sha256, bytes, pages, inputs_digest,
        versions, marks, loads, figures)
    select :since, :until, :edition, :lang, :form, coalesce(:made_by, session_user), :purpose, :sha256, :bytes, :pages,
        :inputs_digest, cast(:versions as jsonb), cast(:marks as jsonb), :loads, cast(:figures as json)
    -- asked first: a number that a conflict takes is never given
    where not exists (select from meta.report where sha256 = :sha256)
    on conflict (sha256) do nothing
    returning report_id
)
select report_id, true as fresh from made
union all
select report_id, false from meta.report where sha256 = :sha256
limit 1;

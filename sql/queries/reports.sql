-- Reports that were made, the last made first; of one number, or (NULL) all.
select report_id, since, until, edition, lang, form, made_at, made_by, purpose, sha256, bytes, pages, inputs_digest,
    versions, marks, loads
from api.report
where cast(:report_id as bigint) is null or report_id = :report_id
order by made_at desc, report_id desc;

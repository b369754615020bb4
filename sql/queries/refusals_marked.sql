-- The rows as read of the refusals whose marks a JSON list names, of the source of a load: mark, content.
select core.refusal_mark(r.batch_id, r.row_no), r.raw::text
from meta.refusal r join meta.batch b using (batch_id)
where b.source = (select source from meta.batch where batch_id = $2::text::bigint)
    and core.refusal_mark(r.batch_id, r.row_no) in (select jsonb_array_elements_text($1::text::jsonb))

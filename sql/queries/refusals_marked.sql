-- The rows as read of the refusals whose marks a JSON list names, of a source: mark, content.
select core.refusal_mark(r.batch_id, r.row_no), r.raw::text
from meta.refusal r join meta.batch b using (batch_id)
where b.source = $2::text
    and core.refusal_mark(r.batch_id, r.row_no) in (select jsonb_array_elements_text($1::text::jsonb))

-- Put the refused rows of this batch in quarantine, each as it was read.
insert into meta.refusal (batch_id, row_no, reasons, severity, raw)
select b.batch_id, s.row_no, string_to_array(s.reasons, ','), s.severity, coalesce(r.content, '{}')
from stage_refusal s
cross join stage_batch b
left join raw.source_row r on r.batch_id = b.batch_id and r.row_no = s.row_no

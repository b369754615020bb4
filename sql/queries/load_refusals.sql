-- Put the rows that left for a reason of quarantine there, each as it was read. The weight of each reason comes as JSON.
insert into meta.refusal (batch_id, row_no, reasons, severity, raw)
select b.batch_id, s.row_no, array[s.reason], w.severity, coalesce(r.content, '{}')
from stage_row s
join jsonb_each_text($1::text::jsonb) as w (reason, severity) using (reason)
cross join stage_batch b
left join raw.source_row r on r.batch_id = b.batch_id and r.row_no = s.row_no
order by s.row_no

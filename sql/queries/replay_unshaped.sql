-- Rows of a load that could not be shaped, with their code: a replay cannot find that again in what was kept of them.
select row_no, reasons[1] from meta.refusal where batch_id = $1::text::bigint and reasons[1] = any (string_to_array($2::text, ','))

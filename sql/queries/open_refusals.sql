-- Refused rows that no later file repaired, as they were read; the call leaves a row in the access log.
select batch_id, source, file_name, notes, row_no, line_no, reasons, severity, raw, mark
from api.read_open_refusals(:source, :batch_id, :reason, :purpose);

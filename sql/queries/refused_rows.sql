-- The refused rows of one load as they were read; the call leaves a row in the access log.
select row_no, line_no, reasons, raw from api.read_refusals(:batch_id, :purpose);

-- Trace of an export: one row of the access log.
select api.note_export(:what, :who, :purpose, :rows, cast(:detail as jsonb));

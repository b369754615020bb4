-- The figures of a kept report as the text that was kept; an internal one leaves a trace.
select cast(api.read_report(:report_id, :who, :purpose) as text) as figures;

-- The figures of a kept report as text, for the job that computes them anew: nobody reads them.
select cast(figures as text) as figures from meta.report where report_id = :report_id;

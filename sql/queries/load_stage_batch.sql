-- Hold the number and the day of this batch where every merge can join them.
create temporary table stage_batch on commit drop as
select batch_id, coalesce(reference_date, api.today()) as reference_date from meta.batch where batch_id = {batch_id}

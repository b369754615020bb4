-- The last load of anything that a feed is compared with: addresses, bells, boundaries. What feeds bring themselves is none.
select coalesce(max(batch_id), 0) from meta.batch where source not in ('incidents', 'status', 'police')

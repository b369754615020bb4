-- A load as it was recorded, as JSON.
select to_jsonb(b)::text from meta.batch b where b.batch_id = $1::text::bigint

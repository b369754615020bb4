-- Write the day that the batch's file describes.
update meta.batch set reference_date = $2::text::date where batch_id = $1::text::bigint returning batch_id

-- Whether a batch was kept: its number alone could be given anew after a crash, hence the file beside it.
select exists(select from meta.batch where batch_id = $1::bigint and file_sha256 is not distinct from nullif($2::text, ''))

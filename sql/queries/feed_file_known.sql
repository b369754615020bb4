-- Whether a file of the same content was loaded, or refused whole, as a source.
select exists(select from meta.batch where source = $1 and file_sha256 = $2 and status in ('done', 'refused'))

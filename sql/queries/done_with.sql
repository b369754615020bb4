-- The last load of a source that took a file of the same content, in the same assumed coordinates.
select b.batch_id from meta.batch b
where b.source = :source and b.file_sha256 = :file_sha256 and b.status = 'done'
    and b.notes ->> 'assumed_crs' is not distinct from cast(:assumed_crs as text)
order by b.batch_id desc limit 1

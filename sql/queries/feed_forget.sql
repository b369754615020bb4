-- Forget how far a stream was taken that has ended: it will not come again.
delete from meta.followed where source = $1 and head_sha256 = $2 returning lines

-- How far a followed file or stream was taken, known by the digest of its first line.
select offset_bytes, lines, taken_sha256 from meta.followed where source = $1 and head_sha256 = $2

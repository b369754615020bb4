-- Note how far a followed file or stream is taken, in the transaction of its rows.
insert into meta.followed (source, head_sha256, offset_bytes, lines, taken_sha256)
values ($1, $2, $3::text::bigint, $4::text::bigint, $5)
on conflict (source, head_sha256) do update set
    offset_bytes = excluded.offset_bytes, lines = excluded.lines, taken_sha256 = excluded.taken_sha256, at = clock_timestamp()
returning lines

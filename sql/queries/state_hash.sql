-- How many rows a query gives, and their SHA-256 whatever their order: of the sorted digests of the rows, in 256 parts by
-- their first byte, so that no part grows large. A row is hashed as PostgreSQL writes a record, where NULL is not ''.
with digests as (
    select sha256(convert_to(told::text, 'UTF8')) as digest
    from (
{told}
    ) told
), parts as (
    select get_byte(digest, 0) as part, count(*) as n, sha256(string_agg(digest, ''::bytea order by digest)) as digest
    from digests group by 1
)
select coalesce(sum(n), 0)::bigint as rows,
    encode(sha256(coalesce(string_agg(digest, ''::bytea order by part), ''::bytea)), 'hex') as hash
from parts

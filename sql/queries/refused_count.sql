-- How many rows lie in quarantine. A file that was loaded again counts once, as it came last.
with latest as (
    select distinct on (source, file_sha256) batch_id
    from api.batch where status = 'done'
    order by source, file_sha256, batch_id desc
)
select count(*) as n from api.refusal join latest using (batch_id);

-- Pairs of records by state; cameras and sites of a day as they count, and as they would were every list to count alone.
select
    (select count(*) from api.same_record where state = 'sure') as sure,
    (select count(*) from api.same_record where state = 'doubtful') as doubtful,
    (select count(*) from api.same_record where state = 'same') as same,
    (select count(*) from api.same_record where state = 'different') as different,
    count(*) filter (where s.status = 'active') as cameras,
    count(distinct s.site_id) filter (where s.status = 'active') as sites,
    count(*) filter (where s.status in ('active', 'behind')) as cameras_listed,
    count(distinct s.site_id) filter (where s.status in ('active', 'behind')) as sites_listed
from api.camera_state s
where s.valid_during @> cast(:at as date);

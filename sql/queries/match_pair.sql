-- One pair of records: whose each is (NULL: it has no cameras now), and what is known of the pair (NULL: nothing).
select (select agency from api.camera_record where record_key = :a) as agency_a,
    (select agency from api.camera_record where record_key = :b) as agency_b, p.state, p.score
from (select 1) one
left join api.same_record p on p.record_a = :a and p.record_b = :b;

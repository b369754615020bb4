-- Where the places of some names lie, kinds and plains pairing up, at most :most each.
select asked.n, s.source, s.source_id, s.x_m, s.y_m
from unnest(cast(:kinds as text[]), cast(:plains as text[])) with ordinality asked (kind, plain, n)
cross join lateral (
    select s.* from api.place_spot s
    where s.kind = asked.kind and s.plain = asked.plain
    order by s.source, s.source_id
    limit :most
) s
order by asked.n, s.source, s.source_id;

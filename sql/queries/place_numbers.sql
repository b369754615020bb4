-- Where numbers of roads and lots lie that are asked for or beside it: kinds, plains, mains and subs pair up. Of a lot the
-- same number alone, whatever its second part; of a road the nearest numbers, at most :most.
select asked.n, s.source, s.source_id, s.main, s.sub, s.stated, s.x_m, s.y_m
from unnest(cast(:kinds as text[]), cast(:plains as text[]), cast(:mains as int[]), cast(:subs as int[]))
    with ordinality asked (kind, plain, main, sub, n)
cross join lateral (
    select s.*
    from api.place_spot s
    where s.kind = asked.kind and s.plain = asked.plain and s.main is not null
        and (asked.kind = 'road' or s.main = asked.main)
    order by abs(s.main - asked.main), abs(s.sub - asked.sub), s.source, s.source_id
    limit :most
) s
order by asked.n, abs(s.main - asked.main), abs(s.sub - asked.sub), s.source, s.source_id;

-- Names of places that hold one of the spellings (:letters, a list) or are like it, at most :most each way, with the number
-- (n, from 1) of the spelling. Trigrams of single letters sort out most; how like names truly are is for the caller to tell.
select asked.n, found.kind, found.plain, found.name, found.letters
from unnest(cast(:letters as text[])) with ordinality asked (letters, n)
cross join lateral (
    (select n.*
     from api.place_name n
     where n.letters like '%' || asked.letters || '%'
     order by length(n.letters), n.letters, n.kind
     limit :most)
    union
    (select n.*
     from api.place_name n
     where n.letters % asked.letters
     order by similarity(n.letters, asked.letters) desc, n.letters, n.kind
     limit :most)
) found
where exists (select from api.place_spot s where s.kind = found.kind and s.plain = found.plain)
order by asked.n, found.plain, found.kind;

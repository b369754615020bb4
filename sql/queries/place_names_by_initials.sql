-- Names of places whose syllables begin with these consonants (:initials), the shortest first, at most :most.
select n.kind, n.plain, n.name, n.letters
from api.place_name n
where n.initials like :initials || '%'
    and exists (select from api.place_spot s where s.kind = n.kind and s.plain = n.plain)
order by length(n.initials), n.plain, n.kind
limit :most;

-- Names of places spelt exactly so in single letters (:letters, a list), as long as something of that name is there.
select n.kind, n.plain, n.name, n.letters
from api.place_name n
where n.letters = any (cast(:letters as text[]))
    and exists (select from api.place_spot s where s.kind = n.kind and s.plain = n.plain)
order by n.kind, n.plain;

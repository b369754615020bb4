-- Earlier changes of a record that a later row of the same file changes again. The same moment twice is no order:
-- those rows are left to the rule on keys.
update stage_row s set reason = 'SUPERSEDED'
from (
    select part, own_key, max(changed_at collate "C") as latest
    from stage_row where own_key <> '' and changed_at <> '' group by part, own_key
) l
where s.reason is null and s.part = l.part and s.own_key = l.own_key and s.changed_at <> ''
    and s.changed_at collate "C" < l.latest

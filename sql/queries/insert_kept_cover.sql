-- Keep the pieces of a cover: names, parts, kinds and numbers of equal length.
insert into core.kept_cover (scope, name, part, inputs_hash, kind, numbers)
select :scope, name, part, :inputs_hash, kind, numbers
from unnest(cast(:names as text[]), cast(:parts as int[]), cast(:kinds as text[]), cast(:numbers as bytea[]))
    as piece (name, part, kind, numbers);

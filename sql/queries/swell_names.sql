-- Copies of a city are asked for by no name: their names are not kept, until the transaction ends.
select set_config('golmok.names', 'off', true);

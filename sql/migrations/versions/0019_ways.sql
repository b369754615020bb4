-- Which way a street may be driven, and at what level it runs: a bridge crosses the street below without meeting it.
alter table core.alley
    add column oneway smallint check (oneway in (-1, 0, 1)),
    add column level smallint check (level between -20 and 20),
    add column tunnel boolean;
comment on column core.alley.oneway is
    'Which way cars may drive: 1 as the line runs, -1 against it, 0 both ways; NULL is unknown, taken for both ways.';
comment on column core.alley.level is
    'Level over the ground, bridges above 0; NULL is unknown, taken for the ground. Streets of several levels meet at shared ends alone.';
comment on column core.alley.tunnel is
    'Whether it runs under the ground, where no camera of the street sees it; NULL is unknown, taken for no.';

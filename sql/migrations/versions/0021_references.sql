-- The quantiles that a layer is scaled by, frozen on a day. A later freezing is a further row: what plans and gaps of
-- earlier days were scaled by can still be read.
create table core.risk_reference (
    layer text not null check (layer <> ''),
    low double precision not null check (low > '-infinity' and low < 'infinity'),
    high double precision not null check (high > '-infinity' and high < 'infinity'),
    method text not null check (method <> ''),
    frozen_at timestamptz not null default now(),
    base_from date not null,
    base_to date not null,
    rows bigint not null check (rows > 0),
    source text not null,
    primary key (layer, frozen_at),
    check (low <= high),
    check (base_from <= base_to)
);
comment on table core.risk_reference is
    'What layers of risk are scaled by: 5 % and 95 % quantiles by metre of street, frozen; the last row of a layer is in force.';
comment on column core.risk_reference.layer is 'Layer of risk: incidents, rates, complaints, population.';
comment on column core.risk_reference.low is '5 % quantile, in the layer''s own unit: scaled to 0.';
comment on column core.risk_reference.high is '95 % quantile: scaled to 1.';
comment on column core.risk_reference.method is 'How the layer was taken; taken otherwise, it needs another reference.';
comment on column core.risk_reference.frozen_at is 'When it was frozen.';
comment on column core.risk_reference.base_from is 'First day of what it was taken from.';
comment on column core.risk_reference.base_to is 'Last day of what it was taken from.';
comment on column core.risk_reference.rows is 'How many rows it was taken from.';
comment on column core.risk_reference.source is 'What was loaded: the source, and the file''s name where it is known.';

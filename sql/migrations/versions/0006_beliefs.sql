-- What is assumed of a lens may be otherwise: fields of view keep their footprints in each variant, and a turning camera
-- of doubted optics has two possible fields, its home as it may be (which counts) and its reach (which does not).
alter table core.field_of_view add column variants double precision[];
alter table core.field_of_view drop constraint field_of_view_pkey;
alter table core.field_of_view add primary key (state_id, density_class, sight, counts);
comment on column core.field_of_view.variants is
    'near_m, far_m, slope and offset_m of the footprint in each variant of what is assumed, one after the other; NULL '
    'where nothing is doubted.';

create table core.aim_belief (
    state_id bigint primary key references core.camera_state on delete cascade,
    heading_sums double precision[] not null
        check (cardinality(heading_sums) = 73 and heading_sums[1] = 0 and abs(heading_sums[73] - 1) < 1e-9),
    tilt_p double precision[] not null check (cardinality(tilt_p) = 3),
    unchecked_heading_sums double precision[] check (cardinality(unchecked_heading_sums) = 73),
    unchecked_tilt_p double precision[] check (cardinality(unchecked_tilt_p) = 3),
    sources jsonb not null default '[]' check (jsonb_typeof(sources) = 'array'),
    inputs_hash text not null,
    computed_at timestamptz not null default now()
);
comment on table core.aim_belief is 'What is believed of where a camera looks in one state; a chance, never a finding.';
comment on column core.aim_belief.state_id is 'The state.';
comment on column core.aim_belief.heading_sums is
    'Chance of a heading below 0, 5, 10 ... 360 degrees, clockwise from north; between these it grows evenly.';
comment on column core.aim_belief.tilt_p is 'Chance of each step of the doubted tilt: flatter, as assumed, steeper.';
comment on column core.aim_belief.unchecked_heading_sums is 'heading_sums without what people found since.';
comment on column core.aim_belief.unchecked_tilt_p is 'tilt_p without what people found since.';
comment on column core.aim_belief.sources is 'What it rests on: sources of evidence, each with weight and day.';
comment on column core.aim_belief.inputs_hash is 'Digest of all that the beliefs of the district were computed from.';
comment on column core.aim_belief.computed_at is 'When.';

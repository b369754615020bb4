-- Functions that core rests on, or that several views share.

-- What a query asks for many rows returns a table of one row and is called in FROM: the planner lets such a body into
-- the query and plans it once. A scalar function with a FROM of its own is planned anew in every execution, which alone
-- takes longer than the answer may.
drop function if exists core.aim_chance(
    double precision, double precision, double precision[], double precision, double precision[], double precision[]);
drop function if exists core.aim_share(
    double precision, double precision, double precision, double precision, double precision);
drop function if exists core.heading_below(double precision[], double precision);
drop function if exists core.moment(date);
drop function if exists core.class_reached(double precision);

create function core.aim_share(
    distance_m double precision,
    near_m double precision,
    far_m double precision,
    slope double precision,
    offset_m double precision
) returns table (p_sees double precision)
language sql immutable parallel safe
-- The chance that a camera of unknown heading, uniform on the circle, covers a point at a distance.
-- Its footprint at forward distance d is slope * d + offset_m to either side, from near_m to far_m; the same formula
-- as spatial.optics.aim_share. A heading off by beta puts the point forward by r cos(beta), aside by r sin(beta).
-- Exact for near_m >= 0; a footprint that passes behind the pole may hold a second, rearward window, left out.
begin atomic
    select greatest(0, least(
        case when sine >= 1 then pi() else atan(slope) + asin(greatest(-1, sine)) end,
        acos(greatest(-1, least(1, near_m / distance)))
    ) - acos(greatest(-1, least(1, coalesce(far_m, 'infinity') / distance)))) / pi()
    from (
        select distance, aim_share.offset_m / (distance * sqrt(1 + aim_share.slope ^ 2)) as sine
        -- Abreast of the pole itself no angle is defined: a nanometre away it is.
        from (select greatest(aim_share.distance_m, 1e-9::double precision) as distance) place
    ) side;
end;
comment on function core.aim_share is
    'Chance (0..1) that a camera of unknown heading covers a point at that distance; metres, slope without unit.';

create function core.heading_below(heading_sums double precision[], turns double precision)
returns double precision
language sql immutable parallel safe
-- The chance of a heading between north and so many turns on; the sums stand 5 degrees apart, 73 of them. One
-- expression of a column, so that it becomes part of the query that calls it.
return floor(turns) + heading_sums[least(floor((turns - floor(turns)) * 72)::int, 71) + 1]
    + ((turns - floor(turns)) * 72 - least(floor((turns - floor(turns)) * 72), 71)) * (
        heading_sums[least(floor((turns - floor(turns)) * 72)::int, 71) + 2]
        - heading_sums[least(floor((turns - floor(turns)) * 72)::int, 71) + 1]);
comment on function core.heading_below is
    'Chance of a heading between north and a number of turns clockwise, from sums of chances 5 degrees apart.';

create function core.aim_chance(
    bearing_deg double precision,
    distance_m double precision,
    footprints double precision[],
    heading_deg double precision,
    heading_sums double precision[],
    tilt_p double precision[]
) returns table (p_sees double precision)
language sql immutable parallel safe
-- The chance that a camera sees a point, over what is believed of its heading and optics; the same as
-- spatial.chances.chances_of. footprints holds near, far, slope and offset (metres), once or for each of the 27 variants
-- (height, lens, tilt at three steps each); without sums every heading is alike.
begin atomic
    select sum(weight * case
        when high <= low then 0
        when aim_chance.heading_deg is not null then
            (abs((aim_chance.bearing_deg - aim_chance.heading_deg + 540)
                - 360 * floor((aim_chance.bearing_deg - aim_chance.heading_deg + 540) / 360) - 180)
                between low and high)::int
        when aim_chance.heading_sums is null then (high - low) / 180
        else (
            select sum(side * core.heading_below(aim_chance.heading_sums, turns))
            from (
                values
                    (1, (aim_chance.bearing_deg - low) / 360), (-1, (aim_chance.bearing_deg - high) / 360),
                    (1, (aim_chance.bearing_deg + high) / 360), (-1, (aim_chance.bearing_deg + low) / 360)
            ) edge (side, turns))
        end)
    from (
        select case when cardinality(aim_chance.footprints) = 4 then 1
                -- nodes of the Gauss-Hermite rule: 1/6, 4/6, 1/6
                else (array[1, 4, 1])[(v / 9) + 1] * (array[1, 4, 1])[(v / 3) % 3 + 1] / 36.0::double precision
                    * coalesce(aim_chance.tilt_p[v % 3 + 1], (array[1, 4, 1])[v % 3 + 1] / 6.0::double precision)
                end as weight,
            degrees(acos(greatest(-1, least(1, footprints[4 * v + 2] / place.distance)))) as low,
            degrees(least(
                case when sine.of >= 1 then pi() else atan(footprints[4 * v + 3]) + asin(greatest(-1, sine.of)) end,
                acos(greatest(-1, least(1, footprints[4 * v + 1] / place.distance))))) as high
        from generate_series(0, cardinality(aim_chance.footprints) / 4 - 1) v
        cross join (select greatest(aim_chance.distance_m, 1e-9::double precision) as distance) place
        cross join lateral (
            select footprints[4 * v + 4] / (place.distance * sqrt(1 + footprints[4 * v + 3] ^ 2)) as of
        ) sine
        -- Each angle is worked out once, not wherever it is named.
        offset 0
    ) variant;
end;
comment on function core.aim_chance is
    'Chance (0..1) that a camera sees a point at a bearing and distance, over what is believed of its aim and optics.';

create function core.moment(at date) returns table (moment timestamptz)
language sql stable parallel safe
-- Outages last hours, questions name days: today means now, another day its noon. Which day it is the district's clocks
-- say: connections run on UTC, and there Seoul's day begins at 15:00 of the day before.
begin atomic
    select case
        when moment.at = (now() at time zone clocks.zone)::date then now()
        else (moment.at + time '12:00') at time zone clocks.zone
    end
    from (select coalesce((select district.timezone from meta.district), 'UTC') as zone) clocks;
end;
comment on function core.moment is 'The instant at which a day is asked about: now for today, else noon local time.';

create or replace function core.about_persons(source text) returns boolean
language sql immutable parallel safe
-- The sources whose rows tell of persons: a refused row of theirs is guarded as the loaded ones are.
return source in ('incidents', 'police');
comment on function core.about_persons is 'Whether rows of a source tell of persons, so that each read leaves a trace.';

create or replace function core.density_px_per_m(
    image_w_px double precision,
    forward_m double precision,
    slope double precision,
    offset_m double precision
) returns double precision
language sql immutable parallel safe
-- The image's width spread over the footprint's width at that forward distance.
begin atomic
    select case when forward_m > 0 and slope * forward_m + offset_m > 0
        then image_w_px / (2 * (slope * forward_m + offset_m)) end;
end;
comment on function core.density_px_per_m is
    'Pixels a metre across a target at a forward distance (metres); NULL behind the camera or without an image width.';

create or replace function core.use_of(purpose_code text, further_purposes text[], incident_class text)
returns table (allowed boolean)
language sql immutable parallel safe
-- Whether a camera of these purposes may be used for an incident of a 112 class; NULL where no class is given. The same
-- as app.services.grounds.use; steering a camera for another purpose is an offence (PIPA art. 25(5)).
begin atomic
    select case when use_of.incident_class is not null then
        (use_of.purpose_code || coalesce(use_of.further_purposes, '{}')) && case
            when use_of.incident_class = '602' then array['fire', 'disaster', 'facility']
            when use_of.incident_class in ('603', '609') then array['disaster', 'fire', 'facility']
            when left(use_of.incident_class, 1) in ('1', '2')
                then array['crime_prevention', 'vehicle_crime', 'child_protection']
            when left(use_of.incident_class, 1) = '3' then array['crime_prevention', 'child_protection']
            when left(use_of.incident_class, 1) = '4' then array['traffic_enforcement', 'traffic_information']
            when left(use_of.incident_class, 1) = '5' then array['crime_prevention']
            else '{}'::text[]
        end
    end;
end;
comment on function core.use_of is
    'Whether cameras of these purposes may be used for an incident of a 112 class; NULL where no class is given.';

create function core.class_reached(density_px_per_m double precision) returns table (density_class text)
language sql stable parallel safe
-- The finest class of the 2015 table that this density reaches.
begin atomic
    select c.density_class from core.density_class c
    where c.standard_version = '2015' and c.px_per_m <= class_reached.density_px_per_m
    order by c.px_per_m desc limit 1;
end;
comment on function core.class_reached is 'The finest density class of 2015 that this density reaches; NULL for none.';

create or replace function core.address_key(address text) returns text
language sql immutable parallel safe
-- What two hands write alike of an address: without what stands in brackets, the province, city and district in front,
-- spaces, stops and capitals. One without a number names no pole.
return (
    select case when key ~ '[0-9]' then key end
    from (
        select lower(regexp_replace(regexp_replace(regexp_replace(address_key.address,
            '\([^)]*\)?', '', 'g'), '^\s*(\S+(시|도|구|군)\s+)+', ''), '[\s.,·]', '', 'g')) as key
    ) plain
);
comment on function core.address_key is
    'An address as two spellings of it agree, to compare with another; NULL without a number in it.';

create or replace function core.building_height_m(height_m double precision, floors int) returns double precision
language sql immutable parallel safe
-- The measured height, else 3.1 m a storey above ground; NULL where neither is known (the district's default is assumed
-- then, and counted).
return coalesce(height_m, nullif(floors, 0) * 3.1);
comment on function core.building_height_m is 'Height of a building: measured, else 3.1 m a storey, else NULL.';

create or replace function core.stale_fields(
    at date, engine text, reach_m double precision, ptz_reach_m double precision default null, near geometry default null
)
returns table (state_id bigint, inputs_hash text)
language sql stable
-- States whose fields of view are missing, or were computed from other inputs than today's. The digest takes the
-- engine (version and assumptions, as the caller names them), the lens and aim, the point, and the buildings and tiles of
-- ground heights within reach: a new building or terrain makes only its neighbours stale. Where a turning camera stands
-- the reach is ptz_reach_m, if there is one. at NULL asks for the states of every date; near, a point of the district's
-- CRS, for the cameras alone in whose reach it lies: what they see of it is all that a question about it rests on.
begin atomic
    with wanted as materialized (
        select s.state_id, c.site_id, site.geom,
            case s.kind when 'ptz' then coalesce(stale_fields.ptz_reach_m, stale_fields.reach_m)
                else stale_fields.reach_m end as reach_m,
            md5(concat_ws('|',
            s.kind, coalesce(s.heading_deg::text, '-'), coalesce(s.tilt_deg::text, '-'),
            coalesce(s.height_m::text, '-'), coalesce(s.focal_mm::text, '-'), coalesce(s.hfov_deg::text, '-'),
            coalesce(s.sensor_w_mm::text, '-'), coalesce(s.sensor_h_mm::text, '-'),
            coalesce(s.image_w_px::text, '-'), coalesce(s.image_h_px::text, '-'),
            coalesce(s.ir_range_m::text, '-'), coalesce(s.pixels::text, '-'), site.geom::text)) as lens
        from core.camera_state s
        join core.camera c using (camera_id)
        join core.site site using (site_id)
        where s.status = 'active' and (stale_fields.at is null or s.valid_during @> stale_fields.at)
            and (stale_fields.near is null or st_dwithin(site.geom, stale_fields.near,
                greatest(stale_fields.reach_m, stale_fields.ptz_reach_m)))
    ), place as (
        select site_id, geom, max(reach_m) as reach_m from wanted group by site_id, geom
    ), near as materialized (
        select place.site_id, b.building_id
        from place join core.building b on st_dwithin(b.geom, place.geom, place.reach_m)
    ), opaque as materialized (
        select b.building_id, hashtextextended(concat_ws('|', coalesce(core.building_height_m(b.height_m, b.floors)::text, '-'), b.geom::text), 0)
            as digest
        from core.building b where b.building_id in (select near.building_id from near)
    ), around as materialized (
        -- The sum does not depend on the order of the rows; equal outlines twice still differ from once.
        select place.site_id, coalesce(sum(opaque.digest::numeric), 0) as digest, count(opaque.digest) as n
        from place left join near using (site_id) left join opaque using (building_id)
        group by place.site_id
    ), ground as materialized (
        -- Heights count from the middles of cells: those of a tile reach half a cell beyond it.
        select place.site_id, string_agg(concat_ws(':', t.tile_key, encode(t.row_hash, 'hex')), ',' order by t.tile_key)
            as digest
        from place join core.terrain t on st_dwithin(t.geom, place.geom, place.reach_m + t.cell_m)
        group by place.site_id
    ), now_is as (
        select wanted.state_id,
            md5(concat_ws('|', stale_fields.engine, wanted.reach_m, wanted.lens, around.digest, around.n,
                coalesce(ground.digest, '-')))
            as inputs_hash
        from wanted join around using (site_id) left join ground using (site_id)
    )
    select now_is.state_id, now_is.inputs_hash from now_is
    where not exists (
        select from core.field_of_view f
        where f.state_id = now_is.state_id and f.inputs_hash = now_is.inputs_hash
    )
    order by now_is.state_id;
end;
comment on function core.stale_fields is
    'States without fields of view as of their present inputs, each with the digest of those inputs.';


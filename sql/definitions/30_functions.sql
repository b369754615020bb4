-- Questions to the network, as at any date. They work from psql and QGIS; points may come in any SRID, for the literal
-- is transformed, not the column. Bodies are parsed here, so that a reader needs no right on schema core.

create function api.camera_at(at date default api.today())
returns table (
    camera_id bigint, camera_key text, state_id bigint, site_id bigint, site_key text, site_name text, head_no int,
    agency_id bigint, agency text, agency_en text, purpose_code text, purpose_ko text, purpose_en text,
    legal_ground text, further_purposes text[], kind text, heading_deg double precision, tilt_deg double precision,
    height_m double precision, focal_mm double precision, hfov_deg double precision, sensor_w_mm double precision,
    sensor_h_mm double precision, image_w_px int, image_h_px int, pixels int, ir_range_m double precision, model text,
    view_text text, retention_days int, aim_source text, surveyed_on date, valid_from date, valid_until date,
    batch_id bigint, status text, geom geometry(Point, {srid})
)
language sql stable
begin atomic
    select c.camera_id, c.camera_key, s.state_id, site.site_id, site.site_key, site.name, c.head_no,
        s.agency_id, a.name_ko, a.name_en, s.purpose_code, p.name_ko, p.name_en,
        p.legal_ground,
        array(select f.purpose_code from core.camera_purpose f where f.state_id = s.state_id order by 1),
        s.kind, s.heading_deg, s.tilt_deg, s.height_m,
        s.focal_mm, s.hfov_deg, s.sensor_w_mm, s.sensor_h_mm, s.image_w_px, s.image_h_px, s.pixels,
        s.ir_range_m, s.model, s.view_text, s.retention_days, s.aim_source, s.surveyed_on,
        lower(s.valid_during), upper(s.valid_during), s.batch_id,
        case when exists (
            select from core.camera_status d cross join core.moment(camera_at.at) asked
            where d.camera_id = c.camera_id and d.down_during @> asked.moment
        ) then 'down' else 'working' end,
        site.geom
    from api.counted_state s
    join core.camera c using (camera_id)
    join core.site site using (site_id)
    join core.agency a using (agency_id)
    join core.purpose p using (purpose_code)
    where s.status = 'active' and s.valid_during @> camera_at.at;
end;
comment on function api.camera_at is
    'The active cameras as at a day, one row each, with what was known of them; status is working or down.';

create view api.camera with (security_invoker) as
select * from api.camera_at(api.today());
comment on view api.camera is 'The active cameras as at today.';

create function api.zone_at(at date default api.today())
returns table (
    zone_id bigint, zone_key text, kind text, level smallint, name_ko text, name_en text, origin text,
    geom geometry(MultiPolygon, {srid})
)
language sql stable
begin atomic
    select z.zone_id, z.zone_key, z.kind, z.level, z.name_ko, z.name_en, z.origin, z.geom
    from core.zone z where z.valid_during @> zone_at.at;
end;
comment on function api.zone_at is 'The zones in force at a day.';

create function api.field_at(at date default api.today(), density_class text default null)
returns table (
    state_id bigint, camera_id bigint, density_class text, sight text, counts boolean, near_m double precision,
    far_m double precision, slope double precision, offset_m double precision, variants double precision[],
    area_m2 double precision, inputs_hash text, model text, geom geometry(MultiPolygon, {srid})
)
language sql stable
begin atomic
    select f.state_id, s.camera_id, f.density_class, f.sight, f.counts, f.near_m,
        f.far_m, f.slope, f.offset_m, f.variants, f.area_m2, f.inputs_hash, f.model, f.geom
    from core.field_of_view f
    join api.counted_state s using (state_id)
    where s.status = 'active' and s.valid_during @> field_at.at
        and (field_at.density_class is null or f.density_class = field_at.density_class);
end;
comment on function api.field_at is 'Fields of view of the cameras active at a day, of one class or (NULL) of all.';

-- Prepared, each of these two is planned once and then answers in well under a millisecond; unprepared, planning takes
-- longer than the answer. So nothing in them is a function that the planner cannot let into the query.
create function api.cameras_seeing(
    point geometry, density_class text default 'observe', at date default api.today(), incident_class text default null
)
returns table (
    camera_id bigint, camera_key text, state_id bigint, site_id bigint, agency text, purpose_code text,
    purpose_ko text, purpose_en text, legal_ground text, further_purposes text[], kind text, sight text,
    counts boolean, p_sees double precision, distance_m double precision, turn_to_deg double precision,
    heading_deg double precision, density_px_per_m double precision, reaches_class text, basis text, status text,
    geom geometry(Point, {srid}), use_allowed boolean, use_ground text
)
language sql stable
begin atomic
    with place as materialized (
        select st_transform(cameras_seeing.point, {srid}) as geom
    ), held as materialized (
        select f.state_id, f.sight, f.counts, f.near_m, f.far_m, f.slope, f.offset_m,
            -- A concatenated array is unpacked once, not wherever one of its numbers is read.
            case when f.variants is not null then f.variants || '{}'::double precision[] end as variants,
            (f.computed_from ->> 'image_w_px')::double precision as image_w_px, f.computed_from ->> 'basis' as basis,
            place.geom as place_geom
        from place
        join core.field_of_view f on st_covers(f.geom, place.geom)
        -- Concatenated, so that the planner does not ask the index of the key for a sixth of all views, too.
        where f.density_class || '' = cameras_seeing.density_class and not st_isempty(f.geom)
    ), beheld as materialized (
        -- A turning camera may both see the place for certain and be able to turn to it: one row, the better.
        select distinct on (c.camera_id) c.camera_id, c.camera_key, c.state_id, c.site_id, c.agency, c.purpose_code,
            c.purpose_ko, c.purpose_en, c.legal_ground, c.further_purposes, c.kind, c.heading_deg, c.status, c.geom,
            f.sight, f.counts, f.near_m, f.far_m, f.slope, f.offset_m, f.variants,
            st_distance(c.geom, f.place_geom) as distance_m, degrees(st_azimuth(c.geom, f.place_geom)) as turn_to_deg,
            coalesce(c.image_w_px, f.image_w_px) as image_w_px,
            coalesce(f.basis, case
                when c.heading_deg is not null then 'survey'
                when coalesce(c.focal_mm, c.hfov_deg) is not null then 'datasheet'
                else 'assumed' end) as basis
        from held f
        -- A limit keeps the planner from reading every camera of the city for the few that hold the place.
        cross join lateral (
            select * from api.camera_at(cameras_seeing.at) each where each.state_id = f.state_id limit 1
        ) c
        order by c.camera_id, (f.sight = 'certain') desc, f.counts desc
    ), sighting as (
        select b.*, case when b.sight = 'certain' then 1.0 else chance.p_sees end as p_sees,
            -- Density lines run square to the axis: a camera of known aim looks forward, one of unknown aim at the place.
            case when b.kind is distinct from 'fisheye' then core.density_px_per_m(
                b.image_w_px,
                case when (b.sight = 'certain' or b.variants is not null) and b.heading_deg is not null
                    then b.distance_m * cos(radians(b.turn_to_deg - b.heading_deg)) else b.distance_m end,
                b.slope, b.offset_m) end as density_px_per_m
        from beheld b
        left join lateral (
            select turned.p_sees
            from core.aim_share(b.distance_m, b.near_m, b.far_m, b.slope, b.offset_m) turned
            where b.sight <> 'certain' and not b.counts
            union all
            select aimed.p_sees
            from (values (1)) one
            left join lateral (
                select case when each.heading_sums is not null then each.heading_sums || '{}'::double precision[] end
                    as heading_sums, each.tilt_p
                from core.aim_belief each where each.state_id = b.state_id limit 1
            ) belief on true
            cross join lateral core.aim_chance(
                coalesce(b.turn_to_deg, 0), b.distance_m,
                coalesce(b.variants, array[b.near_m, b.far_m, b.slope, b.offset_m]),
                case when b.variants is not null then b.heading_deg end, belief.heading_sums, belief.tilt_p) aimed
            where b.sight <> 'certain' and b.counts
        ) chance on true
    )
    select s.camera_id, s.camera_key, s.state_id, s.site_id, s.agency, s.purpose_code,
        s.purpose_ko, s.purpose_en, s.legal_ground, s.further_purposes, s.kind, s.sight,
        s.counts, s.p_sees, s.distance_m, s.turn_to_deg,
        s.heading_deg, s.density_px_per_m, reached.density_class, s.basis, s.status, s.geom,
        used.allowed, s.legal_ground
    from sighting s
    left join lateral core.class_reached(s.density_px_per_m) reached on true
    left join lateral core.use_of(s.purpose_code, s.further_purposes, cameras_seeing.incident_class) used on true
    -- The disc is drawn a little wide. A turning camera of unknown home may zoom beyond what it sees at home.
    where s.p_sees > 0 or s.kind = 'ptz'
    -- Chances that differ by rounding alone are the same: density decides.
    order by (s.sight = 'certain') desc, round(s.p_sees::numeric, 9) desc, s.density_px_per_m desc nulls last, s.distance_m,
        s.camera_id;
end;
comment on function api.cameras_seeing is
    'Which cameras see a point at a class: the certain first, then those that may, with the chance that they do; '
    'turn_to_deg is the heading to the point, clockwise from north; status is working or down; use_allowed whether the '
    'purposes of the camera cover the 112 class (NULL: none given), use_ground the article it was installed under.';

create function api.nearest_cameras(
    point geometry, k int default 4, at date default api.today(), incident_class text default null
)
returns table (
    camera_id bigint, camera_key text, state_id bigint, site_id bigint, agency text, purpose_code text,
    purpose_ko text, purpose_en text, legal_ground text, further_purposes text[], kind text,
    distance_m double precision, turn_to_deg double precision, heading_deg double precision, status text,
    geom geometry(Point, {srid}), use_allowed boolean, use_ground text
)
language sql stable
begin atomic
    with place as materialized (
        select st_transform(nearest_cameras.point, {srid}) as geom
    ), pole as materialized (
        -- k poles bear at least k cameras. One sort key alone lets the index give them in order and stop.
        -- No limit would be all cameras, one below 0 an error: both are none.
        select site.site_id, site.geom
        from core.site site
        where exists (
            select from core.camera c join api.counted_state s using (camera_id)
            where c.site_id = site.site_id and s.status = 'active' and s.valid_during @> nearest_cameras.at
        )
        order by site.geom <-> st_transform(nearest_cameras.point, {srid})
        limit greatest(nearest_cameras.k, 0)
    ), near as materialized (
        select hung.*, pole.geom
        from pole
        cross join place
        -- The offset keeps the planner, which knows k only when it is asked, from reading every camera of the nation.
        cross join lateral (
            select c.camera_id, c.camera_key, s.state_id, c.site_id, s.agency_id, s.purpose_code, s.kind, s.heading_deg
            from core.camera c
            join api.counted_state s using (camera_id)
            where c.site_id = pole.site_id and s.status = 'active' and s.valid_during @> nearest_cameras.at
            offset 0
        ) hung
        order by st_distance(pole.geom, place.geom), hung.camera_id
        limit greatest(nearest_cameras.k, 0)
    )
    select near.camera_id, near.camera_key, near.state_id, near.site_id, a.name_ko, near.purpose_code,
        p.name_ko, p.name_en, p.legal_ground, further.purposes, near.kind,
        st_distance(near.geom, place.geom), degrees(st_azimuth(near.geom, place.geom)), near.heading_deg,
        case when exists (
            select from core.camera_status d cross join core.moment(nearest_cameras.at) asked
            where d.camera_id = near.camera_id and d.down_during @> asked.moment
        ) then 'down' else 'working' end,
        near.geom, used.allowed, p.legal_ground
    from near
    cross join place
    join core.agency a using (agency_id)
    join core.purpose p using (purpose_code)
    cross join lateral (
        select array(select f.purpose_code from core.camera_purpose f where f.state_id = near.state_id order by 1)
            as purposes
    ) further
    left join lateral core.use_of(near.purpose_code, further.purposes, nearest_cameras.incident_class) used on true
    -- No point, an empty one, or one at infinity: nothing is near it.
    where st_distance(near.geom, place.geom) < 'infinity'
    order by st_distance(near.geom, place.geom), near.camera_id;
end;
comment on function api.nearest_cameras is
    'The k active cameras nearest to a point, whether they see it or not; an emergency bell shows four.';

create function api.stale_fields(
    at date, engine text, reach_m double precision, ptz_reach_m double precision default null, near geometry default null
)
returns table (state_id bigint, inputs_hash text)
language sql stable
begin atomic
    select s.state_id, s.inputs_hash
    from core.stale_fields(stale_fields.at, stale_fields.engine, stale_fields.reach_m, stale_fields.ptz_reach_m,
        st_transform(stale_fields.near, {srid})) s;
end;
comment on function api.stale_fields is
    'States whose fields of view are missing or of other inputs than today''s, with the digest of those inputs; '
    'of the cameras alone in whose reach a point lies, if one is given.';

create function api.tile_bounds(z int, x int, y int) returns geometry
language sql immutable parallel safe
-- The tile's envelope with a margin, in the district's CRS: the literal is transformed, so that the index serves.
-- Far from its meridian the projection has no values, so the widest tiles take all there is.
begin atomic
    select case when z < 7 then st_makeenvelope(-1e8, -1e8, 1e8, 1e8, {srid})
        else st_transform(st_tileenvelope(z, x, y, margin => 64.0 / 4096), {srid}) end;
end;
comment on function api.tile_bounds is 'Envelope of a map tile with its margin, in the district CRS.';

create function api.on_tile(geom geometry, z int, x int, y int) returns geometry
language sql immutable parallel safe
-- A shape in the tile's own coordinates; NULL when nothing of it would show.
begin atomic
    select st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope(z, x, y), 4096, 64, true);
end;
comment on function api.on_tile is 'A geometry of the district in the coordinates of a map tile.';

create function api.pixel_m(z int) returns double precision
language sql immutable parallel safe
-- The equator is 2 pi * 6378137 m long; a tile is drawn 512 pixels wide.
return 40075016.7 / 2 ^ (z + 9);
comment on function api.pixel_m is 'Width of a map pixel at a zoom, metres at the equator.';

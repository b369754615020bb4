-- What tells why each of some cameras does not see a place at a class, as at a day: where it lies from the camera, what
-- the lens reaches (a row for each field of view), and the buildings that the line to the place passes through.
with place as materialized (
    select st_transform(st_setsrid(st_makepoint(:lon, :lat), 4326), d.srid) as geom from api.district d
), looking as materialized (
    select s.camera_id, s.state_id, s.kind, s.heading_deg, s.height_m, site.geom, place.geom as to_geom
    from unnest(cast(:cameras as bigint[])) wanted (camera_id)
    join api.camera_state s using (camera_id)
    join api.site using (site_id)
    cross join place
    where s.status = 'active' and s.valid_during @> cast(:at as date)
), pole as materialized (
    -- Heads of one pole look along one line.
    select distinct geom, to_geom, st_makeline(geom, to_geom) as line from looking
), crossed as materialized (
    select pole.geom, b.sight_height_m as height_m, st_distance(pole.geom, cut.geom) as nearest_m,
        st_maxdistance(pole.geom, cut.geom) as farthest_m
    from pole
    join api.building b on st_intersects(b.geom, pole.line)
    cross join lateral (select st_intersection(b.geom, pole.line) as geom) cut
    -- One that is only touched hides nothing.
    where st_length(cut.geom) > 0.05
)
select l.camera_id, l.kind, l.heading_deg, l.height_m, st_distance(l.geom, l.to_geom) as distance_m,
    degrees(st_azimuth(l.geom, l.to_geom)) as bearing_deg,
    coalesce((
        select jsonb_agg(jsonb_build_object('near_m', f.near_m, 'far_m', f.far_m, 'slope', f.slope,
            'offset_m', f.offset_m, 'variants', f.variants, 'counts', f.counts, 'model', f.model,
            'stands', f.computed_from ->> 'stands', 'image_w_px', f.computed_from -> 'image_w_px')
            order by f.counts desc, f.sight)
        from api.field_of_view f where f.state_id = l.state_id and f.density_class = :density_class
    ), '[]'::jsonb) as fields,
    coalesce((
        select jsonb_agg(jsonb_build_object('height_m', c.height_m, 'nearest_m', c.nearest_m,
            'farthest_m', c.farthest_m) order by c.nearest_m)
        from crossed c where c.geom = l.geom
    ), '[]'::jsonb) as crossings
from looking l;

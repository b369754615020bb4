-- Since when each of some cameras is out of order at a moment, why where that is known, and, of those that a view is
-- missed of (:missed), the working camera whose view at a class overlaps most with it, as at a day: at least by :least of it.
-- A row a camera.
with down as materialized (
    select o.camera_id, lower(o.down_during) as since, o.reason
    from unnest(cast(:cameras as bigint[])) wanted (camera_id)
    join api.camera_status o using (camera_id)
    where o.down_during @> cast(:moment as timestamptz)
), view as materialized (
    select distinct on (f.camera_id) f.camera_id, f.state_id, f.sight, f.geom, f.area_m2, s.site_id
    from api.field_of_view f
    join api.camera_state s using (state_id)
    where f.camera_id = any(cast(:missed as bigint[])) and f.density_class = :density_class and f.area_m2 > 0
        and f.valid_during @> cast(:at as date)
    order by f.camera_id, (f.sight = 'certain') desc, f.counts desc
)
select down.camera_id as down_id, down.since, down.reason, best.camera_id, best.camera_key, best.overlap_share, best.sight
from down
left join view using (camera_id)
left join lateral (
    select s.camera_id, s.camera_key, f.sight, overlap_share
    from api.field_of_view f
    join api.camera_state s using (state_id)
    cross join lateral (
        select least(1.0, st_area(st_intersection(f.geom, view.geom)) / view.area_m2) as overlap_share offset 0
    ) shared
    where f.geom && view.geom and not st_isempty(f.geom) and f.density_class || '' = :density_class and f.counts and f.state_id <> view.state_id
        and s.valid_during @> cast(:at as date) and s.status = 'active' and st_intersects(f.geom, view.geom)
        and not exists (
            select from api.camera_status o
            where o.camera_id = f.camera_id and o.down_during @> cast(:moment as timestamptz)
        )
        and overlap_share >= :least
        -- Heads of one pole are hung to look apart: of them only what is surely seen is known to overlap.
        and (s.site_id <> view.site_id or f.sight = 'certain' and view.sight = 'certain')
    -- What may be seen counts by the chance that it is: of a camera of unknown heading its angle out of the whole circle.
    order by overlap_share * case
            when f.sight = 'certain' or s.heading_deg is not null then 1 else coalesce(atan(f.slope) / pi(), 1) end desc,
        (f.sight = 'certain') desc, f.state_id
    limit 1
) best on true
order by down.camera_id;

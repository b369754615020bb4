-- The camera of a number as at a day, with what is believed of its heading and the extent of its view at a class: its
-- registry number, else the number of its pole's first head. No row: none such hangs that day.
select c.camera_id, c.camera_key, c.site_id, c.site_name, s.address_road, s.address_lot, c.agency, c.agency_en,
    c.purpose_code, c.further_purposes, c.kind, c.heading_deg, c.tilt_deg, c.height_m, c.aim_source, c.surveyed_on,
    c.valid_from, c.ir_range_m, c.status, b.heading_sums,
    st_x(st_transform(c.geom, 4326)) as lon, st_y(st_transform(c.geom, 4326)) as lat, view.*
from (
    -- Each way to name it by its own index.
    select camera_id, 1 as rank from api.camera_state where camera_key = :name
    union all
    select camera_id, 2 from api.camera_state where camera_key = :name || '-1'
    order by rank
    limit 1
) wanted
cross join lateral (select * from api.camera_at(:at) each where each.camera_id = wanted.camera_id limit 1) c
join api.site s using (site_id)
left join api.aim_belief b on b.state_id = c.state_id
left join lateral (
    select certain_m2, possible_m2, st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north
    from (
        select max(f.area_m2) filter (where f.sight = 'certain') as certain_m2,
            max(f.area_m2) filter (where f.sight = 'possible') as possible_m2,
            st_extent(st_transform(f.geom, 4326)) as box
        from api.field_of_view f
        where f.state_id = c.state_id and f.density_class = :density_class
    ) shown
) view on true;

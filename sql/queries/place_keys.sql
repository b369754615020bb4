-- What bears a number (:name): cameras as at a day (:at), by their own number, else their pole's; bells and other helps,
-- with the numbers of the cameras that hang on their pole (within :pole_m metres). Places in degrees, EPSG:4326.
select 'camera' as kind, c.camera_key as key, null::text as of_kind, null::text as place_text, array[c.camera_key] as cameras,
    st_x(st_transform(c.geom, 4326)) as lon, st_y(st_transform(c.geom, 4326)) as lat
from api.camera_at(:at) c
where c.camera_id = (
    select camera_id from (
        select camera_id, 1 as rank from api.camera_state where camera_key = :name
        union all
        select camera_id, 2 from api.camera_state where camera_key = :name || '-1'
        order by rank
        limit 1
    ) named
)
union all
select 'bell', b.bell_key, b.kind, coalesce(b.name, b.place_text), coalesce(hung.cameras, '{}'),
    st_x(st_transform(b.geom, 4326)), st_y(st_transform(b.geom, 4326))
from api.bell b
left join lateral (
    select array_agg(c.camera_key order by c.camera_key) as cameras
    from api.camera_at(:at) c
    where c.site_id in (select s.site_id from api.site s where st_dwithin(s.geom, b.geom, :pole_m))
) hung on true
where b.bell_key = :name or (:ends and right(b.bell_key, length(:name)) = :name)
order by kind, key
limit 20;

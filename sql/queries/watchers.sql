-- What a net must know of some cameras as at a day: who they are, whether they work, what they may be used for, where they
-- hang and look. A list would make the database read every camera: joined, each is found by its index.
select c.camera_id, c.camera_key, c.site_id, c.site_name, c.agency, c.agency_en, c.purpose_code, c.further_purposes,
    c.legal_ground, c.kind, c.heading_deg, c.tilt_deg, c.status,
    st_x(st_transform(c.geom, 4326)) as lon, st_y(st_transform(c.geom, 4326)) as lat
from unnest(cast(:camera_ids as bigint[])) wanted (camera_id)
cross join lateral (select * from api.camera_at(:at) each where each.camera_id = wanted.camera_id limit 1) c
order by c.camera_id;

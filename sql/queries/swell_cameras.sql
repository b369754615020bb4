-- Copies of every camera, on the copies of their poles.
insert into core.camera (camera_id, camera_key, site_id, head_no, batch_id, row_hash)
overriding system value
select camera_id + n * 1000000, camera_key || '~' || n, site_id + n * 1000000, head_no, batch_id, row_hash
from core.camera, generate_series(:first, :copies) n
where camera_id < 1000000;

-- Cameras by key: new ones in; a camera that hangs elsewhere now is moved.
insert into core.camera as old (camera_key, site_id, head_no, batch_id)
select s.camera_key, site.site_id, s.head_no, b.batch_id
from stage_camera s
cross join stage_batch b
left join hung on hung.site_key = s.site_key
join core.site site on site.site_key = coalesce(hung.at_key, s.site_key)
where not s.retired
on conflict (camera_key) do update set site_id = excluded.site_id, batch_id = excluded.batch_id
where old.site_id <> excluded.site_id

-- Emergency grounds recorded in a period and the cameras opened on each, the last first. For the role golmok_owner alone.
select g.ground_id, g.at, g.at + make_interval(mins => g.minutes) as until, g.ground, g.who, g.login, g.reason,
    g.incident_key, g.place is not null as of_place, count(o.opening_id) as openings,
    coalesce(array_agg(distinct c.camera_key order by c.camera_key) filter (where c.camera_key is not null), '{}') as cameras
from meta.emergency_ground g
left join meta.camera_opening o using (ground_id)
left join core.camera c using (camera_id)
where g.at >= :since and g.at < :until
group by g.ground_id
order by g.ground_id desc;

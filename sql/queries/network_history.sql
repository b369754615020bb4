-- How large the network was at each of some days.
select day.at, count(distinct c.site_id) as sites, count(c.camera_id) as cameras
from unnest(cast(:days as date[])) as day(at)
left join lateral api.camera_at(day.at) c on true
group by day.at
order by day.at;

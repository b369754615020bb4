-- How many cameras of each agency were active at each of some days; an agency without any has no row.
select day.at, c.agency, c.agency_en, count(*) as cameras
from unnest(cast(:days as date[])) as day(at)
cross join lateral api.camera_at(day.at) c
group by 1, 2, 3
order by 1, 4 desc, 2;

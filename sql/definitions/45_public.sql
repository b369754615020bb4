-- What anyone may know of the network, for the policy page that article 25, paragraph 7 asks of whoever runs cameras.
-- Views read with the reader's own rights, column by column (90_grants.sql). Whose a camera is and how long its footage is
-- kept are told as counts alone: these functions run with the owner's rights and give no camera's row.

create view api.public_site with (security_invoker) as
select site.site_id, dong.code as dong_code, dong.name_ko as dong_ko, dong.name_en as dong_en, count(*) as cameras,
    array_agg(distinct p.name_ko order by p.name_ko) as purposes_ko,
    array_agg(distinct p.name_en order by p.name_en) as purposes_en, site.geom
from core.camera c
join core.site site using (site_id)
join core.camera_state s using (camera_id)
join core.purpose p using (purpose_code)
left join lateral (
    select b.code, b.name_ko, b.name_en from core.boundary b
    where b.level = 'dong' and st_covers(b.geom, site.geom) order by b.code limit 1
) dong on true
where s.status = 'active' and s.valid_during @> api.today()
    and not exists (
        select from core.camera_behind b where b.camera_id = s.camera_id and b.during @> api.today())
group by site.site_id, site.geom, dong.code, dong.name_ko, dong.name_en;
comment on view api.public_site is 'Where active cameras hang today: place, dong, how many, what for.';

create view api.public_purpose with (security_invoker) as
select p.purpose_code, p.name_ko, p.name_en, p.legal_ground, count(*) as cameras, count(distinct c.site_id) as sites
from core.camera_state s
join core.camera c using (camera_id)
join core.purpose p using (purpose_code)
where s.status = 'active' and s.valid_during @> api.today()
    and not exists (
        select from core.camera_behind b where b.camera_id = s.camera_id and b.during @> api.today())
group by p.purpose_code, p.name_ko, p.name_en, p.legal_ground;
comment on view api.public_purpose is 'What active cameras are for today, by the ground in law, with their number.';

create function api.public_agencies() returns table (agency_ko text, agency_en text, cameras bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select a.name_ko, a.name_en, count(*)
    from api.counted_state s join core.agency a using (agency_id)
    where s.status = 'active' and s.valid_during @> api.today()
    group by 1, 2
    order by 3 desc, 1;
end;
comment on function api.public_agencies is 'Who runs how many of the active cameras: counts alone.';

create function api.public_retention() returns table (retention_days int, cameras bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select s.retention_days, count(*)
    from api.counted_state s
    where s.status = 'active' and s.valid_during @> api.today()
    group by 1
    order by 1 nulls last;
end;
comment on function api.public_retention is
    'How long footage is kept, in days, of how many active cameras; NULL where the registry does not say. Counts alone.';

create function api.public_reference_date() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select max(reference_date) from meta.batch where source = 'cameras' and status = 'done';
end;
comment on function api.public_reference_date is 'The day that the loaded registries of cameras speak of; NULL when none says.';

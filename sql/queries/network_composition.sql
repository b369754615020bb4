-- The cameras of a day by what they are for, what they are, how old they are and whose they are; NULL is unknown.
select a.name_ko as agency, a.name_en as agency_en, c.purpose_code as purpose, c.legal_ground, c.kind,
    extract(year from age(:at, first.day))::int as years, count(*) as n
from api.camera_at(:at) c
join api.agency a using (agency_id)
left join lateral (
    select min(lower(s.valid_during)) as day from api.camera_state s where s.camera_id = c.camera_id
) first on true
group by 1, 2, 3, 4, 5, 6;

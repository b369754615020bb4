-- Drop sections of streets that the file at hand names but cuts otherwise. Gives how many.
-- The street is the beginning of the key: a way of OpenStreetMap, or a road of the road-address map.
with street as (
    select distinct substring(alley_key from '^(?:osm-w\d+|juso-\d+-\d+)') as street from stage_alley
), gone as (
    delete from core.alley a
    where substring(a.alley_key from '^(?:osm-w\d+|juso-\d+-\d+)') in (select street from street)
        and not exists (select from stage_alley s where s.alley_key = a.alley_key)
    returning 1
)
select count(*) from gone

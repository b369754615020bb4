-- How many rows there are of what a figure can do without, and is the poorer for.
select
    (select count(*) from api.terrain) as terrain,
    (select count(*) from api.lamp) as lamps,
    (select count(*) from api.boundary) as boundaries,
    (select count(*) from api.zone_at(:at)) as zones,
    (select count(*) from api.bell) as bells,
    (select coalesce(sum(n), 0)::bigint from api.incident_counts()) as incidents;

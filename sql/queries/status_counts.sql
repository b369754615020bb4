-- How many of each there are as at a day. Incidents and police records are counted up to the day, with it.
with camera as materialized (
    select agency_id, site_id, heading_deg from api.camera_at(:at)
), zone as materialized (
    select kind from api.zone_at(:at)
), day as (
    select (cast(:at as date) + 1)::timestamp at time zone d.timezone as ends from api.district d
)
select
    (select count(distinct agency_id) from camera) as agencies,
    (select count(distinct site_id) from camera) as sites,
    (select count(*) from camera) as cameras,
    (select count(heading_deg) from camera) as headings_known,
    (select count(*) from api.alley) as alleys,
    (select count(*) from api.building) as buildings,
    (select count(*) from zone where kind = 'flood') as flood_zones,
    (select count(*) from zone where kind = 'wildfire') as wildfire_zones,
    (select coalesce(sum(n), 0)::bigint from api.incident_counts('-infinity', (select ends from day))) as incidents,
    (select coalesce(sum(n), 0)::bigint from api.police_record_counts('-infinity', (select ends from day)))
        as police_records,
    (select count(*) from api.speaker where installed_on is null or installed_on <= :at) as speakers;

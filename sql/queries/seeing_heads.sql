-- What the chance of each of the named cameras comes from, as at a day: footprints of a class, belief, pole, and how far
-- the head looks apart from the first one of its pole.
with hung as (
    select s.camera_id, s.state_id, s.site_id, s.heading_deg,
        (row_number() over (partition by s.site_id order by s.camera_id) - 1)::double precision
            / count(*) over (partition by s.site_id) as apart
    from (
        select distinct site_id
        from unnest(cast(:cameras as bigint[])) wanted (camera_id)
        join api.camera_state using (camera_id)
    ) pole
    join api.camera_state s using (site_id)
    where s.status = 'active' and s.valid_during @> cast(:at as date)
)
select h.camera_id, h.site_id, h.apart, case when f.variants is not null then h.heading_deg end as heading_deg,
    coalesce(f.variants, array[f.near_m, f.far_m, f.slope, f.offset_m]) as footprints, b.heading_sums, b.tilt_p
from hung h
join api.field_of_view f on f.state_id = h.state_id and f.density_class = :density_class
    and f.sight = 'possible' and f.counts
left join api.aim_belief b on b.state_id = h.state_id
where h.camera_id = any(:cameras);

-- What bears on where the cameras look that hang on a day ($1, ISO; blank: every camera, as it was last). Of the
-- registry's words those in force that day count; what was withdrawn, or seen from another pole, does not.
with asked as (
    select nullif($1, '')::date as at
), hung as (
    select distinct on (s.camera_id) s.camera_id, s.site_id, s.view_text
    from api.camera_state s cross join asked
    where asked.at is null or s.valid_during @> asked.at
    order by s.camera_id, lower(s.valid_during) desc
), told as (
    select e.camera_id, e.source, e.observed_on, e.weight, e.lobes, e.place, e.seen, e.tilt_deg, e.tilt_spread_deg,
        e.hfov_deg, e.range_m, e.detail ->> 'class' as said, e.evidence_id
    from api.aim_evidence e
    join hung h using (camera_id, site_id)
    where e.withdrawn_at is null and (e.source <> 'view_text' or e.detail ->> 'text' = h.view_text)
    union all
    select f.camera_id, 'footage', f.observed_on, f.weight, null, f.place, f.seen, null, null, null, null, null,
        null
    from api.read_footage_evidence('where cameras look') f
    join hung h using (camera_id)
)
select camera_id, source, observed_on, weight, lobes::text as lobes, st_x(place) as x, st_y(place) as y, seen, tilt_deg,
    tilt_spread_deg, hfov_deg, range_m, said
from told
order by camera_id, source, observed_on, evidence_id, x, y, seen

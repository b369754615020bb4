-- Pairs of records of some states, the best first, both as their lists tell them now (NULL: no cameras now), and which of
-- them counts. A limit of NULL gives all.
select p.pair_id, p.record_a, p.record_b, p.state, p.score, p.distance_m, p.parts, a.told as a, b.told as b,
    case
        when exists (select from api.camera_behind h where h.record_key = p.record_a) then 'b'
        when exists (select from api.camera_behind h where h.record_key = p.record_b) then 'a'
    end as counts
from (
    select * from api.same_record
    where state = any(cast(:states as text[]))
    order by score desc nulls last, record_a, record_b
    limit cast(:limit as int)
) p
left join lateral (
    select to_jsonb(r) - 'geom' || jsonb_build_object('lat', st_y(place), 'lon', st_x(place)) as told
    from api.camera_record r cross join lateral st_transform(r.geom, 4326) place
    where r.record_key = p.record_a
) a on true
left join lateral (
    select to_jsonb(r) - 'geom' || jsonb_build_object('lat', st_y(place), 'lon', st_x(place)) as told
    from api.camera_record r cross join lateral st_transform(r.geom, 4326) place
    where r.record_key = p.record_b
) b on true
order by p.score desc nulls last, p.record_a, p.record_b;

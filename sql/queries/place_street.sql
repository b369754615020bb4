-- A street of a name (:plain): its length, and in metres of the district CRS the point of it nearest to its middle and its
-- two ends, which are its points furthest from each other. No row: no street is called so.
with street as (
    select st_collect(a.geom) as geom
    from api.place_spot s join api.alley a on a.alley_id = s.source_id
    where s.kind = 'street' and s.plain = :plain and s.source = 'alley'
), marked as (
    select geom, st_longestline(geom, geom) as across from street where geom is not null
), placed as (
    select geom, across, st_closestpoint(geom, st_lineinterpolatepoint(across, 0.5)) as middle from marked
)
select st_length(geom) as length_m, st_length(across) as across_m, st_x(middle) as middle_x_m, st_y(middle) as middle_y_m,
    st_x(st_startpoint(across)) as start_x_m, st_y(st_startpoint(across)) as start_y_m,
    st_x(st_endpoint(across)) as end_x_m, st_y(st_endpoint(across)) as end_y_m
from placed;

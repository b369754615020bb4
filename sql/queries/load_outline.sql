-- The outline of the district, when boundaries are loaded.
select st_asbinary(geom) from core.boundary where level = 'district'

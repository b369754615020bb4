-- The district and its area (NULL until boundaries are loaded), and the version of PostGIS.
select d.name, d.name_ko, d.name_en, d.srid, d.timezone, d.invented,
    st_x(d.center) as lon, st_y(d.center) as lat,
    (select b.area_m2 from api.boundary b where b.level = 'district') as area_m2,
    postgis_lib_version() as postgis
from api.district d;

-- The dong of the district by name.
select code, name_ko, name_en from api.boundary where level = 'dong' order by name_ko, code;

-- The dong of the district: code and names.
select code as dong_code, name_ko as dong_ko, name_en as dong_en from api.boundary where level = 'dong' order by code;

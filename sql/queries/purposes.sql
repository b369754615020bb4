-- Every purpose with the class of pixel density that it asks for.
select purpose_code, density_class from api.purpose order by purpose_code;

-- Every purpose with the class of pixel density that it asks for, and its ground in law.
select purpose_code, density_class, legal_ground from api.purpose order by purpose_code;

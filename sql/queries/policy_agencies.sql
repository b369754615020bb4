-- Who runs how many of the active cameras. For the role golmok_public.
select agency_ko, agency_en, cameras from api.public_agencies();

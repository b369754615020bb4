-- What active cameras are for, with the ground in law, the most frequent first. For the role golmok_public.
select name_ko as purpose_ko, name_en as purpose_en, legal_ground, cameras, sites
from api.public_purpose order by cameras desc, purpose_code;

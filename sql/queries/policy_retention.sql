-- How long footage of how many cameras is kept; NULL where the registry does not say. For the role golmok_public.
select retention_days, cameras from api.public_retention();

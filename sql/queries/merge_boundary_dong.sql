-- A row when dong are loaded.
select 1 from core.boundary where level = 'dong' limit 1

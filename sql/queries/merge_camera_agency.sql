-- Agencies that no registry named before.
insert into core.agency (name_ko)
select distinct agency from stage_camera where not retired
on conflict (name_ko) do nothing

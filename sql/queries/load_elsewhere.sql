-- Of the rows that were taken, how many name another district in their address, by district.
select elsewhere, count(*) from stage_row
where reason is null and elsewhere is not null group by elsewhere order by count(*) desc, elsewhere

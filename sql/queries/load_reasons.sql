-- How many rows left for each reason.
select reason, count(*) from stage_row where reason is not null group by reason order by count(*) desc, reason

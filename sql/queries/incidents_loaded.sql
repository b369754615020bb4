-- Whether any incident is known, of whatever day.
select coalesce(sum(n), 0) > 0 from api.incident_counts();

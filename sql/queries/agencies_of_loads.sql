-- Which agencies the rows of loads name, and how many rows each: batch_id, agency, n.
select batch_id, agency, n from api.load_profile
where fact = 'rows' and agency <> '' and batch_id = any (:batches)
order by batch_id, agency;

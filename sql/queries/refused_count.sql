-- How many rows lie in quarantine, those that a later file repaired left out. A row that came again counts once.
select count(*) as n from api.open_refusal;

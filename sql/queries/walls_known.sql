-- Whether any building is loaded: without one no sight is certain.
select exists(select from api.building);

-- Drop a database with the sessions in it. Its name was checked: small letters, digits and _ only.
drop database if exists {name} with (force)

-- A temporary table for outages: since, until (NULL: it lasts), or the end of one (up); ended: it ended one that lasted.
create temporary table stage_status (
    row_no int, camera_key text, up boolean, since timestamptz, until timestamptz, reason text, ended boolean
) on commit drop

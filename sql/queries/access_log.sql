-- Who read or took what may not be read unseen, since a moment, the last first. For the role golmok_owner alone.
select at, who, login, role, action, object, purpose, rows, detail
from meta.access_log
where at >= :since
order by at desc, access_id desc;

-- Take the calls of a measurement away again; theirs are the keys that begin so (:prefix).
delete from core.incident where starts_with(incident_key, :prefix);

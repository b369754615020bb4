-- For the hash of the state. Police records by key.
select record_key, kind, occurred_at, time_precision, recipient, legal_ground, document_no, category, camera_key,
    footage_during, used, outcome, geom
from core.police_record

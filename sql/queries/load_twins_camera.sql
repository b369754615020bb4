-- Give staged twins the keys that tell them apart: the record's, and its cameras'.
update stage_camera s set row_key = r.key, camera_key = r.key || '-' || s.head_no
from renumbered r where r.row_no = s.row_no

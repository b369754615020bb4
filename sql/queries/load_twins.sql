-- Give staged twins the keys that tell them apart.
update {stage} s set {key} = r.key from renumbered r where r.row_no = s.row_no

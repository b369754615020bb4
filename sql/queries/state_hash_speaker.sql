-- For the hash of the state. Speakers by key.
select speaker_key, amplifier_key, place, power_w, level_db, installed_on, geom
from core.speaker

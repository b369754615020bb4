-- All loudspeakers.
select speaker_id, speaker_key, amplifier_key, place, power_w, level_db, installed_on, st_asbinary(geom) as geometry
from api.speaker
order by speaker_id;

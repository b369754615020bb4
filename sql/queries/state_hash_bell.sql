-- For the hash of the state. Bells by key.
select bell_key, kind, name, purpose, place_text, police_linked, route_key, geom
from core.bell

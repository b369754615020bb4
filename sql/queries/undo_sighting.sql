-- Take a sighting back: it stays, and counts no more. No row where there is none, or it was taken back before.
insert into meta.sighting_undone (sighting_id, who)
select s.sighting_id, coalesce(:who, session_user) from meta.sighting s where s.sighting_id = :sighting_id
on conflict (sighting_id) do nothing
returning sighting_id, at;

-- The day that figures stand for when none is asked: the latest that the loaded registries speak of, else today.
select coalesce(
    (
        select max(b.reference_date) from api.batch b
        where b.source = 'cameras' and b.status = 'done' and b.reference_date <= api.today()
    ),
    api.today()
);

-- Whether ground heights were loaded since an instant.
select exists (
    select from meta.batch b
    where b.source = 'dem' and b.status = 'done' and b.finished_at >= :since and b.inserted + b.updated > 0
);

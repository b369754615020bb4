-- Whether the health of cameras was ever told: by an outage, or by a load of outages that named none.
select exists (select from api.camera_status)
    or exists (select from api.batch where source in ('status', 'health') and status = 'done');

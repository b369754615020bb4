-- End the records that an earlier full list named and this one no longer does, at the file's day. Records of newer
-- files stay, and where a row in quarantine may be theirs those without a number. Gives how many cameras ended.
with missing as (
    select k.key from meta.batch_list l, unnest(l.keys) k (key)
    where l.batch_id = $1::text::bigint
    except
    select coalesce(r.key, s.key) from stage_row s left join renumbered r using (row_no)
    where s.reason is null and s.key is not null
    except
    select own_key from stage_row where own_key <> ''
), ended as (
    update core.camera_state s
    set valid_during = daterange(lower(s.valid_during), greatest(b.reference_date, lower(s.valid_during) + 1))
    from core.camera c, missing m, stage_batch b
    where c.camera_id = s.camera_id and upper_inf(s.valid_during)
        and c.record_key = m.key
        and ($2::text = 'all' or m.key !~ '^h[0-9a-f]{16}(#\d+)?$')
        and not exists (
            select from meta.batch w where w.batch_id = s.batch_id and w.reference_date > b.reference_date)
    returning 1
)
select count(*) from ended

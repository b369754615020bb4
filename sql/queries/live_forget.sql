-- Delete what happened more than so many hours ago (:hours) from the outbox; give how many events. Their numbers are not
-- given again.
with gone as (
    delete from meta.live_event where at < clock_timestamp() - make_interval(hours => :hours) returning 1
)
select count(*) from gone;

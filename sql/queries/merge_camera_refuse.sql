-- Take out of the stage what may not be merged: the end of a record that nobody knows, and rows older than what is
-- loaded. The rows bear the reason.
with acquainted as (
    -- the end of a record speaks of all its cameras, another row of one: two keys, and each joined by what it is
    select false as retired, camera_key as key, known.* from known
    union all
    select true, row_key, known.* from known
), judged as (
    select s.row_no,
        case
            when bool_and(s.retired) and count(k.camera_id) = 0 then 'UNKNOWN_CAMERA'
            -- the number of another agency's camera somewhere else: two registers count alike, and nothing is replaced
            when bool_or(not s.retired and k.agency <> s.agency and st_distance(k.geom, s.geom) > {apart_m})
                then 'KEY_ELSEWHERE'
            when bool_or(k.open and k.said_on > b.reference_date and (s.retired or k.row_hash is distinct from s.row_hash))
                then 'OLDER_THAN_LOADED'
            when bool_or(not k.open and not s.retired and upper(k.valid_during) > b.reference_date)
                then 'OLDER_THAN_LOADED'
        end as reason
    from stage_camera s
    cross join stage_batch b
    left join acquainted k
        on k.retired = s.retired and k.key = case when s.retired then s.row_key else s.camera_key end
    group by s.row_no
), gone as (
    delete from stage_camera s using judged j where j.row_no = s.row_no and j.reason is not null returning s.row_no
)
update stage_row r set reason = j.reason
from judged j
where r.row_no = j.row_no and j.row_no in (select row_no from gone)

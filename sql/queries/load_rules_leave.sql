-- Take out of a stage the rows that left by a rule across rows; give how many rows of the file are still in it.
with gone as (
    delete from {stage} s using stage_row r where r.row_no = s.row_no and r.reason is not null returning s.row_no
)
select (select count(distinct row_no) from {stage}) - (select count(distinct row_no) from gone)

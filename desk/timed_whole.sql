-- Every case with its clock, as the view of all clocks says.
INSERT INTO desk_timed BY NAME
SELECT case_id, first_due_at, due_at, looked_in_time, ended_in_time
FROM desk_clocks

-- Everything that was done with the freezes, with the state of each after it.
SELECT * FROM desk_freeze_steps WHERE freeze_id IN (SELECT unnest($freezes::VARCHAR[])) ORDER BY number

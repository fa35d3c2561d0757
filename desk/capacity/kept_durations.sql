-- The durations of one $part, in the order in which they were measured.
SELECT kind, severity, minutes FROM capacity_durations WHERE part = $part ORDER BY number

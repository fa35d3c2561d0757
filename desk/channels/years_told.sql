-- The first and the last year of which the store tells anything: events, and cases of the desk.
SELECT min(extract(year FROM told_at)), max(extract(year FROM told_at))
FROM (
  SELECT min(occurred_at) AS told_at FROM spine
  UNION ALL
  SELECT max(occurred_at) FROM spine
  UNION ALL
  SELECT min(opened_at) FROM desk_cases
  UNION ALL
  SELECT max(opened_at) FROM desk_cases
)

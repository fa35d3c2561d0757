-- Which cases have a word in what is written about them, looked for in every table as it is?
SELECT count(DISTINCT case_id) AS cases
FROM (
  SELECT case_id FROM desk_cases WHERE case_id ILIKE $word OR subject_id ILIKE $word
  UNION ALL
  SELECT case_id FROM desk_alerts WHERE sentence ILIKE $word OR account_id ILIKE $word OR ring_id ILIKE $word
  UNION ALL
  SELECT case_id FROM desk_steps WHERE reason ILIKE $word
)

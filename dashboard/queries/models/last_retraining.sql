-- When $area was last to be retrained, why, and what came of it.
SELECT as_of, why, cases, needed, models, sentence
FROM retrainings
WHERE area = $area
ORDER BY as_of DESC
LIMIT 1

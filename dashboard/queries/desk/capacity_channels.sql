-- Channels with replayed alerts, the one with most cases that breach first.
SELECT
  channel,
  max(value) FILTER (measure = 'breaches') AS breaches,
  max(value) FILTER (measure = 'cases') AS cases
FROM capacity_answers
WHERE shift = 'all' AND budget = 1 AND staff = ''
GROUP BY channel
HAVING max(value) FILTER (measure = 'cases') > 0
ORDER BY breaches DESC, cases DESC, channel

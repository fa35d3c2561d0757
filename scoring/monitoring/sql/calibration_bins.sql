-- Of each model, area and fine bin of scores: events whose time for labels is over, their scores and their truth.
WITH of_accounts AS (
  SELECT
    model, model_version, area, account_id,
    -- Quarters of a unit of log-odds, from one in 3,000 to 97 in a hundred.
    CAST(greatest(0, least(46, floor(4 * (ln(greatest(score, 1e-9) / greatest(1 - score, 1e-9)) + 8)))) AS INTEGER) AS fine,
    count(*) AS events,
    sum(score) AS mass,
    sum(ln(greatest(score, 1e-9) / greatest(1 - score, 1e-9))) AS log_odds,
    count(*) FILTER (outcome = 'confirmed') AS crimes
  FROM watched
  WHERE is_ripe AND NOT is_in_training
  GROUP BY ALL
)
SELECT
  model, model_version, coalesce(area, 'everywhere') AS area, fine,
  CAST(sum(events) AS DOUBLE) AS events,
  sum(mass) AS mass,
  sum(log_odds) AS log_odds,
  CAST(sum(crimes) AS DOUBLE) AS crimes,
  CAST(count(*) AS DOUBLE) AS accounts,
  CAST(sum(events * events) AS DOUBLE) AS event_squares,
  CAST(sum(crimes * crimes) AS DOUBLE) AS crime_squares,
  CAST(sum(events * crimes) AS DOUBLE) AS products
FROM of_accounts
GROUP BY GROUPING SETS ((model, model_version, area, fine), (model, model_version, fine))
ORDER BY model, model_version, area, fine

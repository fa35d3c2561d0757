-- How much of each measure there was in each week of the period and of the one before, with its exposure, by region (null: everywhere) and country.
WITH facts AS (
  SELECT 'suspicious_actions' AS measure, region, country, day,
         CASE WHEN decision <> 'allow' THEN events ELSE 0 END::DOUBLE AS value, events::DOUBLE AS exposure, NULL::TIMESTAMP AS known_at
  FROM daily
  UNION ALL
  SELECT 'deepfakes_stopped', region, country, day, CASE WHEN decision <> 'allow' THEN events ELSE 0 END, events, NULL
  FROM daily WHERE stream = 'liveness'
  UNION ALL
  SELECT 'organised_crime', region, country, occurred_at::DATE, 1, 0, known_at FROM incidents WHERE is_organised
  UNION ALL
  SELECT 'incidents', region, country, occurred_at::DATE, 1, 0, known_at FROM incidents
  UNION ALL
  SELECT measure, region, country, day, 0, settled, NULL
  FROM daily, (VALUES ('organised_crime'), ('incidents')) AS counted(measure) WHERE settled > 0
  UNION ALL
  SELECT 'money_frozen', region, country, placed_at::DATE, amount, 0, NULL FROM freezes
  UNION ALL
  SELECT 'money_frozen', region, country, day, 0, amount, NULL FROM daily WHERE stream = 'transaction' AND amount > 0
),
in_periods AS (
  SELECT measure, region, CASE WHEN $by_country THEN country END AS country,
         day >= $starts AS is_now, date_trunc('week', day)::DATE AS week, value, exposure
  FROM facts
  WHERE day >= $previous_starts AND day < $ends AND ($measure IS NULL OR measure = $measure)
    -- Both periods are counted as they were known equally long after their end, so that late news does not flatter the newer.
    AND (known_at IS NULL OR known_at < CASE WHEN day >= $starts THEN $known_by ELSE $previous_known_by END)
)
SELECT measure, region, country, is_now, week, sum(value)::DOUBLE AS value, sum(exposure)::DOUBLE AS exposure
FROM in_periods
GROUP BY GROUPING SETS ((measure, is_now, week), (measure, region, country, is_now, week))
ORDER BY measure, region NULLS FIRST, country, week, is_now

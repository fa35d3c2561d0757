-- Of each model, area, week or month and part: what scores foretell of its alerts and what labels confirm.
WITH unseen AS (
  SELECT *, CAST(date_trunc('month', occurred_at) AS DATE) AS month,
    is_alert AND (is_ripe OR coalesce(outcome, 'inconclusive') <> 'inconclusive') AS is_judged,
    coalesce(outcome = 'confirmed', false) AS is_crime
  FROM watched
  WHERE NOT is_in_training
), of_accounts AS (
  SELECT
    model, model_version, area, week, month, device_class, account_age, account_id,
    grouping_id(week, month, device_class, account_age) AS cut_number,
    count(*) AS events,
    count(*) FILTER (is_alert) AS alerts,
    sum(score) AS mass,
    coalesce(sum(score) FILTER (is_alert), 0) AS caught_mass,
    count(*) FILTER (is_judged) AS judged,
    count(*) FILTER (is_judged AND is_crime) AS right_alerts,
    count(*) FILTER (is_crime) AS crimes,
    count(*) FILTER (is_crime AND is_alert) AS caught
  FROM unseen
  GROUP BY GROUPING SETS (
    (model, model_version, area, account_id, week),
    (model, model_version, area, account_id, month),
    (model, model_version, area, account_id, month, device_class),
    (model, model_version, area, account_id, month, account_age)
  )
), named AS (
  SELECT
    * EXCLUDE (week, month, device_class, account_age, cut_number),
    CASE WHEN week IS NULL THEN 'month' ELSE 'week' END AS grain,
    coalesce(week, month) AS since,
    CASE WHEN device_class IS NOT NULL THEN 'device_class' WHEN account_age IS NOT NULL THEN 'account_age' ELSE 'all' END AS cut,
    coalesce(device_class, account_age, 'all') AS part
  FROM of_accounts
), of_typologies AS (
  SELECT
    model, model_version, area, 'month' AS grain, month AS since, 'typology' AS cut, typology AS part, account_id,
    count(*) AS crimes,
    count(*) FILTER (is_alert) AS caught
  FROM unseen
  WHERE is_crime AND typology IS NOT NULL
  GROUP BY ALL
)
SELECT
  model, model_version, coalesce(area, 'everywhere') AS area, grain, since, cut, part,
  sum(events) AS events,
  sum(alerts) AS alerts,
  sum(alerts * alerts) AS alert_squares,
  sum(mass) AS mass,
  sum(mass * mass) AS mass_squares,
  sum(caught_mass) AS caught_mass,
  sum(judged) AS judged,
  count(*) FILTER (judged > 0) AS judged_accounts,
  sum(judged * judged) AS judged_squares,
  sum(right_alerts) AS right_alerts,
  sum(right_alerts * right_alerts) AS right_squares,
  sum(judged * right_alerts) AS right_products,
  sum(crimes) AS crimes,
  count(*) FILTER (crimes > 0) AS crime_accounts,
  sum(crimes * crimes) AS crime_squares,
  sum(caught) AS caught,
  sum(caught * caught) AS caught_squares,
  sum(crimes * caught) AS caught_products
FROM (FROM named UNION ALL BY NAME FROM of_typologies)
GROUP BY GROUPING SETS (
  (model, model_version, area, grain, since, cut, part),
  (model, model_version, grain, since, cut, part)
)
ORDER BY model, model_version, area, grain, since, cut, part

-- Events, alerts, loss and wrongful holds of every area by whole week before and after $starts_at, equally well known.
WITH told AS (
  SELECT
    coalesce(areas.area, scored.region) AS area,
    CAST(floor(date_diff('microsecond', $starts_at::TIMESTAMP, scored.occurred_at) / 604800000000.0) AS INTEGER) AS week,
    scored.account_id,
    scored.decision,
    scored.kind IN ('withdrawal', 'internal_transfer') AS is_money_out,
    coalesce(CAST(scored.amount AS DOUBLE), 0.0) AS amount,
    coalesce(
      truth.outcome = 'confirmed'
      -- Known equally long after the week's end, so that young weeks are no fall.
      AND truth.known_at <= $starts_at::TIMESTAMP + to_days(
        CAST(7 * (1 + floor(date_diff('microsecond', $starts_at::TIMESTAMP, scored.occurred_at) / 604800000000.0)) + $ripe_days AS INTEGER)
      ),
      false
    ) AS is_crime
  FROM scored
  LEFT JOIN areas ON areas.country = scored.country
  LEFT JOIN truth ON truth.event_id = scored.event_id
  WHERE scored.model = 'fraud' AND scored.region <> 'unknown'
    AND scored.occurred_at >= $since AND scored.occurred_at < $until
)
SELECT
  area,
  week,
  count(*)::DOUBLE AS events,
  count(*) FILTER (decision IN ('hold', 'block', 'freeze'))::DOUBLE AS alerts,
  count(DISTINCT account_id) FILTER (is_crime AND is_money_out AND amount > 0)::DOUBLE AS customers_hit,
  coalesce(sum(amount) FILTER (is_crime AND is_money_out), 0.0) AS loss,
  coalesce(sum(amount) FILTER (is_crime AND is_money_out AND decision <> 'allow'), 0.0) AS loss_caught,
  coalesce(sum(amount) FILTER (is_crime AND is_money_out AND decision = 'allow'), 0.0) AS loss_missed,
  count(*) FILTER (NOT is_crime AND decision IN ('hold', 'block', 'freeze'))::DOUBLE AS wrongful_holds
FROM told
GROUP BY area, week
ORDER BY area, week

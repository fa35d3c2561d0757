-- Half a million cases of a desk as their steps: all opened, one in twenty-five still lives, the others were disposed of.
INSERT INTO desk_steps BY NAME
WITH cases AS (
  SELECT
    i,
    'C-' || substr(md5(i::VARCHAR), 1, 12) AS case_id,
    'A' || (10000000 + i * 7919 % 90000000) AS subject_id,
    ['cis', 'europe', 'south_asia', 'east_asia', 'latin_america', 'mena'][1 + i % 6] AS region,
    ['fraud', 'fraud', 'fraud', 'identity', 'anomaly', 'ring'][1 + (i // 7) % 6] AS kind,
    ['critical', 'high', 'high', 'medium', 'medium', 'medium', 'low', 'low'][1 + (hash(i) % 8)::BIGINT] AS severity,
    ((hash(i, 'loss') % 100000000)::BIGINT / 1000.0)::DECIMAL(18,6) AS expected_loss,
    i % 25 = 0 AS is_live,
    $now::TIMESTAMP - to_seconds(CASE WHEN i % 25 = 0 THEN (hash(i, 'at') % 300000)::BIGINT ELSE 300000 + (hash(i, 'at') % 20000000)::BIGINT END) AS opened_at
  FROM range($cases::BIGINT) AS r(i)
),
steps AS (
  SELECT *, 1 AS version, 'opened' AS action FROM cases
  UNION ALL
  SELECT *, 2, 'disposed' FROM cases WHERE NOT is_live
)
SELECT
  row_number() OVER (ORDER BY version, i) AS number,
  CASE version WHEN 1 THEN opened_at ELSE opened_at + INTERVAL 3 HOUR END AS done_at,
  CASE version WHEN 1 THEN opened_at ELSE opened_at + INTERVAL 3 HOUR END AS recorded_at,
  CASE version WHEN 1 THEN 'Watchfloor' ELSE 'Olga Operatordemo' END AS actor,
  CASE version WHEN 1 THEN 'system' ELSE 'desk_operator' END AS role,
  action,
  CASE version
    WHEN 1 THEN 'Sent ' || (i % 90) / 10 || ' times the largest transfer of 30 days'
    ELSE 'Called the customer, checked ' || substr(md5((i + 1)::VARCHAR), 1, 6) || ', nothing unusual'
  END AS reason,
  '{}' AS details,
  case_id, version, 'account' AS subject_kind, subject_id, [region] AS regions, region AS channel, kind, severity,
  expected_loss, 2 AS alerts, opened_at,
  CASE version WHEN 1 THEN 'open' ELSE 'closed' END AS status,
  (i % 200 = 0)::INTEGER AS level, 0 AS paused_seconds,
  CASE version WHEN 2 THEN ['false_positive', 'confirmed', 'inconclusive'][1 + i % 3] END AS outcome,
  CASE WHEN version = 2 AND i % 3 = 1 THEN ['mule', 'structuring', 'account_takeover'][1 + (i // 3) % 3] END AS typology,
  CASE version WHEN 2 THEN opened_at + INTERVAL 3 HOUR END AS closed_at,
  CASE version WHEN 2 THEN 'Olga Operatordemo' END AS closed_by,
  FALSE AS second_look, 0 AS reopened
FROM steps

-- Two alerts for each of these cases, of models that say why in words.
INSERT INTO desk_alerts BY NAME
SELECT
  row_number() OVER () AS number,
  'fraud:E' || i || '-' || part AS alert_id,
  c.case_id,
  c.kind,
  c.subject_id AS account_id,
  'E' || i || '-' || part AS event_id,
  CASE WHEN i % 10 = 0 THEN 'R-' || substr(md5((i // 100)::VARCHAR), 1, 8) END AS ring_id,
  c.opened_at AS raised_at,
  0.7 AS score,
  c.expected_loss AS amount,
  c.expected_loss / 2 AS expected_loss,
  c.severity,
  'hold' AS decision,
  c.channel AS region,
  'KZ' AS country,
  [
    'Sent ' || (i % 90) / 10 || ' times this customer''s largest outgoing transfer in the 30 days before.',
    'This customer first used this device ' || i % 60 || ' minutes ago (usual: 60 days).',
    'The counterparty is listed as known bad since ' || i % 300 || ' days.',
    'The account was opened ' || i % 40 || ' days ago (usual: 359 days).',
    'The same face was in checks of other customers before; how many: ' || i % 9 || '.'
  ][1 + (i + part) % 5] AS sentence
FROM (SELECT row_number() OVER () AS i, * FROM desk_cases) AS c
CROSS JOIN range(2) AS p(part)

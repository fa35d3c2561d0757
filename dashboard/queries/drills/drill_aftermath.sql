-- What became known after a case was opened: every label about its accounts, when, from whom, the oldest first.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts WHERE case_id = $case_id AND account_id IS NOT NULL
),
held AS MATERIALIZED (
  SELECT DISTINCT event_id FROM desk_alerts WHERE case_id = $case_id AND event_id IS NOT NULL
)
SELECT
  labels.known_at, labels.outcome, labels.typology, labels.source,
  coalesce(bool_or(labels.event_id IN (SELECT event_id FROM held)), false) AS is_of_case,
  count(*) AS labels, sum(scored.amount::DOUBLE) AS amount
FROM labels
LEFT JOIN (
  SELECT event_id, amount FROM scored WHERE account_id IN (SELECT account_id FROM people)
) AS scored USING (event_id)
WHERE labels.account_id IN (SELECT account_id FROM people)
  AND labels.known_at > $as_of AND labels.known_at <= $now
GROUP BY labels.known_at, labels.outcome, labels.typology, labels.source
ORDER BY labels.known_at, labels.outcome, labels.source

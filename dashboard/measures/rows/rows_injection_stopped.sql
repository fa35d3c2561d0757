-- Every identity check of the window that was not allowed and is confirmed as an injection attack (made-up pictures behind the camera), the newest first.
SELECT checks.occurred_at AS counted_at, checks.account_id, checks.outcome, confirmed_events.typology, checks.score, checks.decision,
  checks.sentence, checks.region, checks.country, event_id, 1 AS counted
FROM flagged_events AS checks JOIN confirmed_events USING (event_id)
WHERE checks.model = 'liveness' AND checks.occurred_at >= $starts AND checks.occurred_at < $ends
  AND confirmed_events.known_at < $known_by
  AND confirmed_events.typology LIKE 'injection%'
  AND ($region IS NULL OR checks.region = $region) AND ($country IS NULL OR checks.country = $country)
ORDER BY counted_at DESC, event_id

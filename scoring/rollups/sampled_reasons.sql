-- The reasons of the events drawn at random for the global view, by model and time.
CREATE OR REPLACE TABLE sampled_reasons AS
SELECT
  reasons.event_id, reasons.occurred_at, reasons.region, reasons.model, reasons.reason, reasons.feature,
  reasons.value, reasons.points, reasons.sentence
FROM reasons
JOIN explanations USING (event_id)
WHERE explanations.is_sample
ORDER BY reasons.model, reasons.occurred_at, reasons.event_id, reasons.rank

-- Every event of the random audit with what it was decided and what the review found: what unseen crime is measured on.
CREATE OR REPLACE TABLE audited_events AS
SELECT
  audits.event_id, audits.stratum, audits.probability, scored.occurred_at, scored.region, scored.country,
  scored.decision, audits.outcome, audits.reviewed_at
FROM audits
JOIN scored USING (event_id)
WHERE audits.reviewed_at <= $watermark
ORDER BY scored.occurred_at, audits.event_id

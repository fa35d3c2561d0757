-- Every identity check with its decision, what it turned out to be by now, and the groups that error rates are reported by.
CREATE OR REPLACE TABLE check_facts AS
WITH waited AS (
  -- Nine in ten attacks are known within this time, so a check that is older and has no label is taken for
  -- bona fide. Where nothing was ever confirmed, silence says nothing and no check is ripe.
  SELECT quantile_cont(greatest(epoch(truth.known_at) - epoch(scored.occurred_at), 0), 0.9) AS seconds
  FROM truth
  JOIN scored USING (event_id)
  WHERE truth.outcome = 'confirmed' AND scored.stream = 'liveness'
),
of_money AS (
  SELECT DISTINCT truth.typology
  FROM truth
  JOIN scored USING (event_id)
  WHERE scored.stream <> 'liveness' AND truth.typology IS NOT NULL
)
SELECT
  scored.event_id,
  scored.account_id,
  scored.occurred_at,
  scored.region,
  scored.country,
  checks.purpose,
  checks.attempt,
  CASE
    WHEN checks.is_emulator
      OR (devices.is_emulator AND (devices.emulator_since IS NULL OR devices.emulator_since <= scored.occurred_at))
      THEN 'emulator'
    WHEN devices.kind IN ('phone', 'tablet', 'desktop') THEN devices.kind
    ELSE 'other'
  END AS device,
  -- Fixed limits, so that quarters compare: 60 of 255 is two stops under the middle grey that a camera exposes
  -- for (18 % of the light, 118 of 255 in sRGB), 85 is one stop under it.
  CASE WHEN media.light < 60 THEN 'dark' WHEN media.light < 85 THEN 'dim' WHEN media.light >= 85 THEN 'bright' END AS light,
  -- Limits of the individual typology angle after Chardon and others, 1991: 10 parts brown from tan, 41
  -- intermediate from light.
  CASE WHEN media.skin_tone < 10 THEN 'dark' WHEN media.skin_tone <= 41 THEN 'medium' WHEN media.skin_tone > 41 THEN 'light' END AS skin_tone,
  coalesce(media.source, 'none') AS media,
  media.problem,
  coalesce(stages.stage, CASE WHEN media.event_id IS NULL THEN 'no media' ELSE 'capture' END) AS stage,
  stages.cheap_score,
  scored.score,
  scored.decision,
  coalesce(NOT scored.is_in_training, false) AS is_unseen,
  coalesce(truth.outcome = 'confirmed', false) AS is_attack,
  coalesce(epoch($watermark::TIMESTAMP) - epoch(scored.occurred_at) >= waited.seconds, false) AS is_ripe,
  -- A word for crimes with money and sign-ins does not say how a camera was deceived.
  CASE WHEN truth.outcome = 'confirmed' AND truth.typology NOT IN (FROM of_money) THEN truth.typology END AS species,
  CASE
    WHEN truth.outcome IS DISTINCT FROM 'confirmed' THEN NULL
    WHEN starts_with(truth.typology, 'presentation_') THEN 'presentation'
    WHEN starts_with(truth.typology, 'injection_') THEN 'injection'
  END AS attack,
  CASE WHEN truth.outcome = 'confirmed' THEN coalesce(incidents.ring_id, truth.incident_id, truth.label_id) END AS ring_id,
  media.fingerprint_ms,
  media.media_ms
FROM scored
CROSS JOIN waited
LEFT JOIN liveness_checks AS checks USING (event_id)
LEFT JOIN devices ON devices.device_id = scored.device_id
LEFT JOIN check_media AS media ON media.event_id = scored.event_id
LEFT JOIN check_stages AS stages ON stages.event_id = scored.event_id
LEFT JOIN truth ON truth.event_id = scored.event_id
LEFT JOIN incidents ON incidents.incident_id = coalesce(truth.incident_id, truth.label_id)
WHERE scored.stream = 'liveness'
ORDER BY scored.occurred_at, scored.event_id

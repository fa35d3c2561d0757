-- Past cases whose truth is ripe and that the trainee has not seen, with what the desk said and how long it took.
WITH closed AS (
  SELECT case_id, subject_kind, subject_id, kind, opened_at, closed_at, closed_by, outcome, typology, reopened
  FROM desk_cases
  WHERE status = 'closed' AND outcome IS NOT NULL AND closed_at <= $ripe_at
),
-- The one who closed a case had it in hand since taking it; where the data's now stands still, the wall clock tells.
handled AS (
  SELECT
    ended.case_id,
    arg_max(
      greatest(
        epoch(ended.done_at - taken.done_at) - (ended.paused_seconds - taken.paused_seconds),
        epoch(ended.recorded_at - taken.recorded_at)
      ),
      (ended.version, taken.version)
    ) AS seconds
  FROM desk_steps AS ended
  JOIN desk_steps AS taken
    ON taken.case_id = ended.case_id
   AND taken.actor = ended.actor
   AND taken.action = 'taken'
   AND taken.version < ended.version
  WHERE ended.action = 'disposed'
  GROUP BY ended.case_id
),
experienced AS (
  SELECT closed_by FROM closed GROUP BY closed_by HAVING count(*) >= $experienced
),
timed AS (
  SELECT closed.kind, coalesce(closed.typology, closed.outcome) AS ended_as, handled.seconds
  FROM closed
  JOIN handled USING (case_id)
  JOIN experienced USING (closed_by)
  WHERE handled.seconds > 0
),
pace_alike AS (
  SELECT kind, ended_as, count(*) AS cases, quantile_cont(seconds, [0.25, 0.5, 0.75]) AS quartiles
  FROM timed
  GROUP BY kind, ended_as
),
pace_of_kind AS (
  SELECT kind, count(*) AS cases, quantile_cont(seconds, [0.25, 0.5, 0.75]) AS quartiles FROM timed GROUP BY kind
),
held AS (
  SELECT
    alert.case_id,
    alert.event_id,
    alert.account_id,
    min(alert.raised_at) AS raised_at,
    bool_or(alert.raised_at <= closed.opened_at) AS is_shown
  FROM desk_alerts AS alert
  JOIN closed USING (case_id)
  WHERE alert.event_id IS NOT NULL
  GROUP BY alert.case_id, alert.event_id, alert.account_id
),
-- The word on the event itself and the one known last, as everywhere; inconclusive changes nothing.
said AS (
  SELECT event_id, label_id, outcome, typology, coalesce(known_at, $now) AS known_at, false AS is_of_account
  FROM labels
  WHERE event_id IN (SELECT event_id FROM held)
  UNION ALL
  SELECT held.event_id, label_id, outcome, typology, coalesce(known_at, $now), true
  FROM labels
  JOIN held USING (account_id)
  WHERE labels.event_id IS NULL AND (labels.occurred_at IS NULL OR held.raised_at >= labels.occurred_at)
),
truths AS (
  SELECT
    event_id,
    last({'outcome': outcome, 'typology': typology, 'known_at': known_at}
         ORDER BY is_of_account DESC, known_at, label_id DESC) AS truth
  FROM said
  WHERE outcome <> 'inconclusive' AND known_at <= $now
  GROUP BY event_id
),
judged AS (
  SELECT
    held.case_id,
    max(scored.score / nullif(scored.threshold, 0)) FILTER (held.is_shown) AS margin,
    -- Crime where an event shown is crime; innocent where each event, those that joined later too, is known as nothing.
    CASE
      WHEN bool_or(held.is_shown AND truth.outcome = 'confirmed') THEN 'confirmed'
      WHEN bool_and(coalesce(truth.outcome = 'false_positive', false)) AND bool_or(held.is_shown) THEN 'false_positive'
    END AS truth,
    first(truth.typology ORDER BY truth.known_at, held.event_id)
      FILTER (held.is_shown AND truth.outcome = 'confirmed' AND truth.typology IS NOT NULL) AS truth_typology,
    max(truth.known_at) AS known_at
  FROM held
  LEFT JOIN truths USING (event_id)
  LEFT JOIN (SELECT event_id, score, threshold FROM scored WHERE event_id IN (SELECT event_id FROM held)) AS scored
    USING (event_id)
  GROUP BY held.case_id
),
reviewed AS (
  SELECT DISTINCT case_id FROM desk_steps
  WHERE action = 'reviewed' AND NOT coalesce((details ->> '$.agrees')::BOOLEAN, true)
)
SELECT
  closed.case_id, closed.subject_kind, closed.subject_id, closed.kind, closed.opened_at, judged.truth,
  CASE WHEN judged.truth = 'confirmed' THEN judged.truth_typology END AS typology, judged.known_at,
  closed.outcome AS desk_outcome, closed.typology AS desk_typology, handled.seconds AS desk_seconds, judged.margin,
  (
    closed.outcome <> judged.truth
    OR (judged.truth = 'confirmed' AND closed.typology IS DISTINCT FROM judged.truth_typology)
    OR closed.reopened > 0
    OR closed.case_id IN (FROM reviewed)
  ) AS was_contradicted,
  coalesce(handled.seconds > pace_of_kind.quartiles[3], false) AS was_long,
  CASE WHEN pace_alike.cases >= $least THEN pace_alike.cases ELSE pace_of_kind.cases END AS pace_cases,
  CASE WHEN pace_alike.cases >= $least THEN pace_alike.quartiles ELSE pace_of_kind.quartiles END AS quartiles
FROM closed
JOIN judged USING (case_id)
LEFT JOIN handled USING (case_id)
LEFT JOIN pace_of_kind ON pace_of_kind.kind = closed.kind
LEFT JOIN pace_alike
  ON pace_alike.kind = closed.kind AND pace_alike.ended_as = coalesce(judged.truth_typology, judged.truth)
WHERE judged.truth IS NOT NULL
  AND (judged.truth <> 'confirmed' OR judged.truth_typology IS NOT NULL)
  AND NOT list_contains($seen, closed.case_id)
  AND closed.case_id NOT IN (SELECT case_id FROM desk_steps WHERE actor = $trainee)
  -- Whose next case is being worked on right now is no exercise.
  AND (closed.subject_kind, closed.subject_id) NOT IN (
    SELECT (subject_kind, subject_id) FROM desk_cases WHERE status IN ('open', 'paused')
  )
ORDER BY closed.case_id

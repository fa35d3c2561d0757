-- Which cases fit what a person chose on the queue, in the order chosen, and how many are they in all?
WITH fitting AS MATERIALIZED (
  SELECT
    c.case_id, c.level, c.expected_loss, c.opened_at, k.due_at, k.state AS clock,
    c.status IN ('open', 'paused') AS is_live,
    CASE c.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END AS rank,
    CASE WHEN c.lease_until > $wall::TIMESTAMP THEN c.holder END AS in_hand
  FROM desk_cases AS c
  LEFT JOIN desk_standing_at($now::TIMESTAMP) AS k ON k.case_id = c.case_id
  WHERE ($region::VARCHAR IS NULL OR list_contains(c.regions, $region::VARCHAR))
    AND ($channel::VARCHAR[] IS NULL OR list_contains($channel::VARCHAR[], c.channel))
    AND ($severity::VARCHAR[] IS NULL OR list_contains($severity::VARCHAR[], c.severity))
    AND ($kind::VARCHAR[] IS NULL OR list_contains($kind::VARCHAR[], c.kind))
    AND ($status::VARCHAR[] IS NULL OR list_contains($status::VARCHAR[], c.status))
    AND ($typology::VARCHAR IS NULL OR c.typology = $typology::VARCHAR)
    AND ($outcome::VARCHAR IS NULL OR c.outcome = $outcome::VARCHAR)
    AND ($older_than::TIMESTAMP IS NULL OR c.opened_at <= $older_than::TIMESTAMP)
    AND ($newer_than::TIMESTAMP IS NULL OR c.opened_at > $newer_than::TIMESTAMP)
    AND ($clock::VARCHAR[] IS NULL OR list_contains($clock::VARCHAR[], k.state))
    AND ($who::VARCHAR IS NULL OR in_hand = $who::VARCHAR OR c.assignee = $who::VARCHAR)
    AND ($holder::VARCHAR IS NULL OR in_hand = $holder::VARCHAR)
    AND (NOT $nobody::BOOLEAN OR (in_hand IS NULL AND c.assignee IS NULL))
    AND (NOT $waiting::BOOLEAN OR (in_hand IS NULL AND is_live AND k.state <> 'paused'))
    AND (
      $word_1::VARCHAR IS NULL
      OR c.case_id IN (
        SELECT t.case_id
        FROM desk_words AS t
        WHERE ($status::VARCHAR[] IS NULL OR list_contains($status::VARCHAR[], t.status))
          AND contains(t.text, $word_1::VARCHAR)
          AND ($word_2::VARCHAR IS NULL OR contains(t.text, $word_2::VARCHAR))
          AND ($word_3::VARCHAR IS NULL OR contains(t.text, $word_3::VARCHAR))
          AND ($word_4::VARCHAR IS NULL OR contains(t.text, $word_4::VARCHAR))
      )
    )
),
-- The order of priority is that in which the next best case is chosen: desk/cases/next_case.py.
placed AS MATERIALIZED (
  SELECT case_id, clock, due_at, in_hand, row_number() OVER () AS place
  FROM (
    SELECT case_id, clock, due_at, in_hand
    FROM fitting
    ORDER BY
      CASE WHEN $order::VARCHAR = 'priority' AND NOT is_live THEN 1 ELSE 0 END,
      CASE WHEN $order::VARCHAR = 'priority' THEN -level END,
      CASE WHEN $order::VARCHAR = 'priority' THEN rank END,
      CASE $order::VARCHAR
        WHEN 'priority' THEN -(expected_loss::DOUBLE / greatest(15, date_diff('minute', $now::TIMESTAMP, due_at)))
        WHEN 'loss' THEN -expected_loss::DOUBLE
        WHEN 'due' THEN CASE WHEN is_live THEN epoch(due_at) END
        WHEN 'age' THEN epoch(opened_at)
        ELSE -epoch(opened_at)
      END NULLS LAST,
      due_at,
      case_id
    LIMIT $rows::BIGINT OFFSET $skip::BIGINT
  )
),
-- What was done within the last minutes of the wall clock: the newest steps only are read.
just_now AS (
  SELECT case_id, version, action, actor, recorded_at
  FROM desk_steps
  WHERE recorded_at > $wall::TIMESTAMP - INTERVAL 2 MINUTE
)
SELECT
  c.case_id, c.version, c.severity, c.kind, c.subject_kind, c.subject_id, t.rings, c.channel, c.regions, c.level, c.status,
  p.clock, p.due_at, c.expected_loss, c.alerts, c.opened_at, p.in_hand, c.assignee, c.outcome, c.typology,
  c.loss, c.closed_at, c.closed_by, t.sentence, s.action AS last_action, s.actor AS last_actor,
  s.recorded_at AS last_at, (SELECT count(*) FROM fitting) AS matching
FROM placed AS p
JOIN desk_cases AS c ON c.case_id = p.case_id
LEFT JOIN desk_words AS t ON t.case_id = p.case_id
LEFT JOIN just_now AS s ON s.case_id = c.case_id AND s.version = c.version
ORDER BY p.place

-- Who of an earlier desk worked on the new alerts' events, from when to when, and what it came to.
WITH said AS (
  SELECT event_id, last({'outcome': outcome, 'typology': typology} ORDER BY known_at, label_id DESC) AS label
  FROM labels
  WHERE source = 'desk' AND event_id IS NOT NULL AND coalesce(known_at, $watermark) <= $watermark
  GROUP BY event_id
),
raised AS (SELECT event_id, min(occurred_at) AS occurred_at FROM new_alerts WHERE event_id IS NOT NULL GROUP BY event_id)
SELECT
  work.event_id, work.analyst,
  greatest(work.began_at, raised.occurred_at) AS began_at,
  CASE WHEN said.label IS NOT NULL AND work.ended_at <= $watermark THEN work.ended_at END AS ended_at,
  coalesce(work.waited_minutes, 0) AS waited_minutes,
  coalesce(work.second_look, false) AS second_look,
  work.reviewed_by,
  CASE WHEN work.reviewed_at <= $watermark THEN work.reviewed_at END AS reviewed_at,
  work.reviewed_outcome, work.note,
  CASE said.label.outcome WHEN 'legitimate' THEN 'false_positive' ELSE said.label.outcome END AS outcome,
  said.label.typology AS typology
FROM desk_work AS work
JOIN raised USING (event_id)
LEFT JOIN said USING (event_id)
WHERE work.began_at <= $watermark
ORDER BY work.began_at, work.event_id

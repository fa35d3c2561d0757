-- Every kept match of media with the place of both its checks in the order of time.
WITH placed AS (
  SELECT event_id, row_number() OVER (ORDER BY t, event_key) AS place
  FROM scored
  WHERE stream = 'liveness'
)
SELECT
  matches.event_id,
  later.place,
  matches.other_event_id,
  earlier.place AS other_place,
  matches.kind
FROM media_matches AS matches
JOIN placed AS later ON later.event_id = matches.event_id
JOIN placed AS earlier ON earlier.event_id = matches.other_event_id
ORDER BY later.place, earlier.place, matches.kind

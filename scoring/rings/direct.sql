-- Ties that need nothing else: who invited whom, and whose identity checks show the same face or clip.
SELECT *, row_number() OVER (ORDER BY t, kind, one, other, artefact) - 1 AS number
FROM (
  SELECT 6 AS kind, invited.code AS one, inviter.code AS other, 'invited by ' || invited.referrer_id AS artefact,
    invited.opened_t AS t, CAST(row_number() OVER (PARTITION BY inviter.code ORDER BY invited.opened_t, invited.code)
      AS DOUBLE) AS first_value, CAST(NULL AS DOUBLE) AS second_value
  FROM ring_accounts AS invited
  JOIN ring_accounts AS inviter ON inviter.account_id = invited.referrer_id
  WHERE invited.code <> inviter.code
  UNION ALL
  SELECT 7, one.code, other.code, media_matches.kind || ' of ' || media_matches.other_event_id, later.t,
    1.0 + greatest(coalesce(media_reuse.face_accounts, 0), coalesce(media_reuse.video_accounts, 0)),
    CAST(media_matches.distance AS DOUBLE)
  FROM media_matches
  JOIN spine AS later USING (event_id)
  JOIN spine AS earlier ON earlier.event_id = media_matches.other_event_id
  JOIN media_reuse ON media_reuse.event_key = later.event_key
  JOIN ring_accounts AS one ON one.account_id = later.account_id
  JOIN ring_accounts AS other ON other.account_id = earlier.account_id
  WHERE media_matches.kind IN ('face', 'video') AND one.code <> other.code
)
ORDER BY number

-- The days on which a ring changed and accounts stood in it, the first one first.
SELECT DISTINCT history.as_of
FROM ring_history AS history
JOIN ring_members AS members
  ON members.ring_id = history.ring_id AND members.since <= history.as_of
  AND (members.until IS NULL OR members.until > history.as_of)
WHERE history.ring_id = $ring AND members.ring_id = $ring
ORDER BY history.as_of

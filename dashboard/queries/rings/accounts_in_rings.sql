-- The accounts of the rings of a place that stand at the end of the window, ring by ring.
SELECT ring_id, account_id, role, members.since, members.received::DOUBLE AS received, members.sent::DOUBLE AS sent,
  members.cashed_out::DOUBLE AS cashed_out, members.confirmed_at, members.region, members.country
FROM ring_members AS members JOIN rings USING (ring_id)
WHERE rings.alarmed_at < $ends AND (rings.ended_at IS NULL OR rings.ended_at >= $ends)
  AND members.since < $ends AND (members.until IS NULL OR members.until >= $ends)
  AND ($region IS NULL OR rings.region = $region)
ORDER BY ring_id, members.received DESC NULLS LAST, account_id

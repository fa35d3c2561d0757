-- Every movement of money out of a ring in the window, the largest first.
SELECT moved.occurred_at AS counted_at, ring_id, coalesce(moved.sender, ring_id) AS account_id, moved.receiver, moved.amount::DOUBLE AS amount, rings.pattern, rings.alarmed_at, rings.region, rings.country, moved.event_id, moved.amount::DOUBLE AS counted
FROM ring_transfers AS moved JOIN rings USING (ring_id)
WHERE moved.leg = 'out' AND moved.amount > 0 AND moved.occurred_at >= $starts AND moved.occurred_at < $ends
  AND rings.alarmed_at < $known_by
  AND ($region IS NULL OR rings.region = $region) AND ($country IS NULL OR rings.country = $country)
ORDER BY moved.amount DESC, moved.event_id, ring_id

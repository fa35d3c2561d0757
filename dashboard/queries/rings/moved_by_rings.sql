-- What rings of a place sent to the outside in the window, the newest first.
SELECT occurred_at, ring_id, sender, receiver, amount::DOUBLE AS amount, event_id
FROM ring_transfers JOIN rings USING (ring_id)
WHERE leg = 'out' AND occurred_at >= $starts AND occurred_at < $ends AND rings.alarmed_at < $ends
  AND ($region IS NULL OR rings.region = $region)
ORDER BY occurred_at DESC, event_id

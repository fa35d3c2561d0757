-- The movements of money of a ring, of one leg or of the pattern that they show, in the order of time.
SELECT occurred_at, leg, sender, receiver, amount::DOUBLE AS amount, pattern_number, event_id
FROM ring_transfers
WHERE ring_id = $ring AND ($leg IS NULL OR leg = $leg) AND ($pattern IS NULL OR pattern_number = $pattern)
ORDER BY occurred_at, event_id

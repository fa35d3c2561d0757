-- The rings that an account is or was in, the one that it is in first: since when, in which role.
SELECT ring_id, members.since, members.until, members.role, members.role_sentence, rings.state, rings.score
FROM ring_members AS members JOIN rings USING (ring_id)
WHERE members.account_id = $account_id
ORDER BY members.until IS NULL DESC, members.since DESC, ring_id

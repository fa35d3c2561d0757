-- The policies that decided on the events of the ring's accounts, whole.
SELECT policy_version, created_as_of, document
FROM policies
WHERE policy_version IN (
  SELECT policy_version
  FROM scored
  SEMI JOIN (SELECT account_id FROM ring_members WHERE ring_id = $ring_id) AS members USING (account_id)
)
ORDER BY policy_version

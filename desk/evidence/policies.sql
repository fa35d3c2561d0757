-- The policies that decided on the events of the accounts, whole.
SELECT policy_version, created_as_of, document
FROM policies
WHERE policy_version IN (
  SELECT policy_version
  FROM scored
  WHERE account_id IN (SELECT unnest($accounts::VARCHAR[])) AND occurred_at >= $since AND occurred_at <= $until
)
ORDER BY policy_version

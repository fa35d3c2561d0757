-- The freeze orders of authorities that were executed and that no freeze covers yet, in the order of time.
SELECT
  request.request_id, request.account_id, coalesce(home.region, 'unknown') AS region, home.country,
  (request.amount * 1000000)::BIGINT AS amount_micro, request.received_at, request.answered_at, request.agency
FROM requests AS request
LEFT JOIN account_risk AS home USING (account_id)
WHERE request.class = 'freeze' AND request.outcome = 'executed'
  AND request.account_id IS NOT NULL AND request.amount > 0 AND request.answered_at <= $now
  AND NOT EXISTS (SELECT 1 FROM desk_freezes AS frozen WHERE frozen.request_id = request.request_id)
ORDER BY request.answered_at, request.request_id

-- The freeze orders of authorities that were executed and that no freeze covers yet, in the order of time.
SELECT
  request.request_id, request.account_id, coalesce(home.region, 'unknown') AS region, home.country,
  (request.amount * 1000000)::BIGINT AS amount_micro, request.received_at, request.answered_at, request.agency,
  coalesce(paper.is_secret AND (paper.secret_until IS NULL OR paper.secret_until > $now), false) AS is_secret
FROM requests AS request
LEFT JOIN request_papers AS paper USING (request_id)
LEFT JOIN account_risk AS home ON home.account_id = request.account_id
WHERE request.class = 'freeze' AND request.outcome = 'executed'
  AND request.account_id IS NOT NULL AND request.amount > 0 AND request.answered_at <= $now
  AND NOT EXISTS (SELECT 1 FROM desk_freezes AS frozen WHERE frozen.request_id = request.request_id)
ORDER BY request.answered_at, request.request_id

-- Where the account is, what of its money is stopped already, and the event to go by of what is not.
WITH moved AS (
  SELECT event_id, account_id, amount
  FROM flagged_events
  WHERE account_id = $account_id AND amount IS NOT NULL
    AND event_id NOT IN (
      SELECT event_id
      FROM desk_freezes
      WHERE event_id IS NOT NULL AND status IN ('requested', 'provisional', 'active')
    )
  ORDER BY event_id = $event_id DESC NULLS LAST, amount DESC, event_id
  LIMIT 1
)
SELECT
  risk.account_id, risk.region, risk.country, moved.event_id, moved.amount, event.asset,
  (
    SELECT coalesce(sum(remaining), 0)
    FROM desk_freezes
    WHERE account_id = $account_id AND status IN ('provisional', 'active')
  ) AS stopped
FROM account_risk AS risk
LEFT JOIN moved ON moved.account_id = risk.account_id
LEFT JOIN scored AS event ON event.account_id = risk.account_id AND event.event_id = moved.event_id
WHERE risk.account_id = $account_id

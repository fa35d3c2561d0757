-- Where the account is, and its event to go by: the one named, else its flagged event that moved most.
WITH moved AS (
  SELECT event_id, account_id, amount
  FROM flagged_events
  WHERE account_id = $account_id AND amount IS NOT NULL
  ORDER BY event_id = $event_id DESC NULLS LAST, amount DESC, event_id
  LIMIT 1
)
SELECT risk.account_id, risk.region, risk.country, moved.event_id, moved.amount, event.asset
FROM account_risk AS risk
LEFT JOIN moved ON moved.account_id = risk.account_id
LEFT JOIN scored AS event ON event.account_id = risk.account_id AND event.event_id = moved.event_id
WHERE risk.account_id = $account_id

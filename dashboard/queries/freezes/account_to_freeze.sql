-- The account whose money is to be frozen, where it is, and the event where one is named.
SELECT risk.account_id, risk.region, risk.country, event.event_id, event.amount, event.asset
FROM account_risk AS risk
LEFT JOIN scored AS event ON event.account_id = risk.account_id AND event.event_id = $event_id
WHERE risk.account_id = $account_id

-- What became known later, each with the time it became known and the keys that it is about.
CREATE OR REPLACE TEMP TABLE facts AS
WITH told AS (
  SELECT event_id, account_id, CASE outcome WHEN 'confirmed' THEN 'confirmed' ELSE 'cleared' END AS fact,
         min(epoch_us(known_at)) AS t
  FROM labels
  WHERE known_at IS NOT NULL AND outcome IN ('confirmed', 'false_positive')
  GROUP BY ALL
), told_of_events AS (
  -- Nothing is known of an event before it happens, whatever a file says.
  SELECT told.fact, greatest(told.t, moments.t) AS t, moments.account, moments.device, moments.ip,
         moments.counterparty, moments.country, moments.part_of_day
  FROM told JOIN moments USING (event_id)
), told_of_accounts AS (
  SELECT told.fact, told.t, codes.code AS account
  FROM told JOIN codes ON codes.kind = 'account' AND codes.name = told.account_id
  WHERE told.event_id IS NULL
), dealings AS (
  SELECT greatest(moments.t, listings.since) AS t, moments.account, moments.counterparty
  FROM moments JOIN listings ON listings.kind = 'counterparty' AND listings.code = moments.counterparty
), tainted AS (
  SELECT account, min(t) AS t FROM dealings GROUP BY account
), met AS (
  SELECT account, counterparty, min(t) AS t
  FROM moments
  WHERE counterparty IS NOT NULL AND account IN (SELECT account FROM tainted)
    AND counterparty NOT IN (SELECT code FROM listings WHERE kind = 'counterparty')
  GROUP BY account, counterparty
)
SELECT fact, t, account, device, ip, counterparty, country, part_of_day FROM told_of_events
UNION ALL BY NAME SELECT fact, t, account FROM told_of_accounts
UNION ALL BY NAME SELECT 'listed_dealing' AS fact, t, account, counterparty FROM dealings
UNION ALL BY NAME
SELECT 'tainted_user' AS fact, greatest(met.t, tainted.t) AS t, met.account, met.counterparty
FROM met JOIN tainted USING (account)

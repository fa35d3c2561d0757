-- What is unusual about each transfer between accounts, as it stood at the end of its day, one and three days later.
CREATE OR REPLACE TEMP TABLE ring_transfer_ties AS
WITH settled AS (
  SELECT event_id, account_id, counterparty, t, micro, kind
  FROM spine
  WHERE stream = 'transaction' AND micro > 0 AND coalesce(outcome, 'settled') = 'settled'
),
sent AS (
  SELECT settled.event_id, row_number() OVER (ORDER BY settled.t, settled.event_id) - 1 AS number,
    sender.code AS sender, receiver.code AS receiver, settled.t, settled.micro,
    sender.opened_t AS sender_opened, receiver.opened_t AS receiver_opened,
    row_number() OVER (
      PARTITION BY least(sender.code, receiver.code), greatest(sender.code, receiver.code) ORDER BY settled.t, settled.event_id
    ) AS times
  FROM settled
  JOIN ring_accounts AS sender USING (account_id)
  JOIN ring_accounts AS receiver ON receiver.account_id = settled.counterparty
  WHERE settled.kind = 'internal_transfer' AND sender.code <> receiver.code
),
flows AS (
  SELECT ring_accounts.code AS account, t, micro, kind = 'deposit' AS comes, NULL AS other
  FROM settled
  JOIN ring_accounts USING (account_id)
  WHERE kind IN ('deposit', 'withdrawal')
  UNION ALL
  SELECT sender, t, micro, FALSE, receiver FROM sent
  UNION ALL
  SELECT receiver, t, micro, TRUE, sender FROM sent
),
-- What is known after three days stays; each transfer is looked at three times.
looks AS (
  SELECT sent.*, (sent.t // 86400000000 + days.after) * 86400000000 AS known_t
  FROM sent
  CROSS JOIN (VALUES (1), (2), (4)) AS days (after)
),
before AS (
  SELECT sent.event_id,
    sum(flows.micro) FILTER (WHERE flows.comes) AS came,
    coalesce(bool_or(flows.comes AND sent.micro BETWEEN 0.7 * flows.micro AND flows.micro), FALSE) AS is_passed_from
  FROM sent
  JOIN flows ON flows.account = sent.sender AND flows.t >= sent.t - 259200000000 AND flows.t < sent.t
  GROUP BY sent.event_id
),
spread AS (
  SELECT looks.event_id, looks.known_t, count(DISTINCT flows.other) AS receivers
  FROM looks
  JOIN flows ON flows.account = looks.sender AND flows.t >= looks.t - 432000000000 AND flows.t < looks.known_t
  WHERE NOT flows.comes
  GROUP BY looks.event_id, looks.known_t
),
after AS (
  SELECT looks.event_id, looks.known_t,
    sum(flows.micro) FILTER (WHERE NOT flows.comes AND flows.t > looks.t AND flows.t <= looks.t + 259200000000) AS went,
    sum(flows.micro) FILTER (WHERE flows.comes) AS received,
    count(DISTINCT flows.other) FILTER (WHERE flows.comes) AS senders,
    coalesce(bool_or(NOT flows.comes AND flows.t > looks.t AND flows.t <= looks.t + 259200000000
      AND flows.micro BETWEEN 0.7 * looks.micro AND looks.micro), FALSE) AS is_passed_on
  FROM looks
  JOIN flows ON flows.account = looks.receiver AND flows.t >= looks.t - 432000000000 AND flows.t < looks.known_t
  GROUP BY looks.event_id, looks.known_t
)
SELECT looks.event_id, looks.number, looks.sender, looks.receiver, looks.t, looks.micro, looks.known_t,
  least(coalesce(after.went, 0) / looks.micro, 3.0) AS passed_on,
  least(coalesce(before.came, 0) / looks.micro, 5.0) AS came_before,
  CAST(coalesce(before.is_passed_from, FALSE) AS DOUBLE) AS is_passed_from,
  CAST(coalesce(after.is_passed_on, FALSE) AS DOUBLE) AS is_passed_on,
  coalesce(after.senders, 1) AS senders,
  coalesce(spread.receivers, 1) AS receivers,
  looks.micro / greatest(coalesce(after.received, looks.micro), 1) AS share,
  looks.times,
  (looks.t - least(looks.sender_opened, looks.receiver_opened)) / 86400e6 AS older,
  (looks.t - greatest(looks.sender_opened, looks.receiver_opened)) / 86400e6 AS younger
FROM looks
LEFT JOIN before USING (event_id)
LEFT JOIN spread USING (event_id, known_t)
LEFT JOIN after USING (event_id, known_t)
-- Most transfers are between friends: old accounts, nothing passed on, nobody else involved.
WHERE coalesce(after.went, 0) >= 0.6 * looks.micro OR coalesce(before.is_passed_from, FALSE)
  OR coalesce(after.senders, 1) > 1
  OR looks.t - greatest(looks.sender_opened, looks.receiver_opened) < 45 * 86400000000
ORDER BY looks.known_t, looks.event_id

-- Which accounts that shared something with the customers of a case by then are known as crime by now; for afterwards.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND account_id IS NOT NULL
),
own AS MATERIALIZED (
  SELECT DISTINCT entity_kind, entity FROM ties_by_account
  WHERE account_id IN (SELECT account_id FROM people) AND first_seen <= $as_of
),
others AS MATERIALIZED (
  SELECT entity_kind, entity, account_id
  FROM ties_by_entity JOIN own USING (entity_kind, entity)
  WHERE first_seen <= $as_of AND account_id NOT IN (SELECT account_id FROM people)
),
newest AS (
  SELECT account_id, event_id, last({'outcome': outcome, 'typology': typology, 'known_at': known_at}
                                    ORDER BY known_at, label_id DESC) AS truth
  FROM labels
  WHERE account_id IN (SELECT account_id FROM others) AND outcome <> 'inconclusive' AND known_at <= $now
  GROUP BY account_id, event_id
),
crimes AS (
  SELECT account_id, arg_min(truth.typology, truth.known_at) AS typology, min(truth.known_at) AS known_at
  FROM newest
  WHERE truth.outcome = 'confirmed'
  GROUP BY account_id
)
SELECT
  entity_kind, entity, count(*) AS confirmed, arg_min(account_id, known_at) AS account_id,
  arg_min(typology, known_at) AS typology, min(known_at) AS known_at
FROM others JOIN crimes USING (account_id)
GROUP BY entity_kind, entity
ORDER BY entity_kind, entity

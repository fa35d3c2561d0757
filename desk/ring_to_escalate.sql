-- What is known of a ring when a person makes a case of it: its regions, size, score and money.
SELECT
  rings.ring_id,
  list_sort(list(DISTINCT ring_members.region) FILTER (ring_members.region IS NOT NULL)) AS regions,
  list_sort(list(DISTINCT account_id) FILTER (account_id IS NOT NULL)) AS accounts,
  rings.state,
  rings.pattern,
  rings.alarmed_at,
  rings.confirmed_accounts,
  rings.tie_kinds,
  rings.score,
  rings.moved,
  rings.at_risk,
  rings.sentence
FROM rings
LEFT JOIN ring_members USING (ring_id)
WHERE ring_id = $ring_id
GROUP BY ALL

-- Of each quarter and kind: value recovered, claims recovered and claims that ended.
SELECT
  date_trunc('quarter', ended_at)::DATE AS quarter, kind AS claim_kind,
  coalesce(sum(paid), 0) AS recovered, count(*) FILTER (outcome = 'recovered') AS claims, count(*) AS ended,
  count(*) FILTER (outcome = 'false_claim') AS false_claims
FROM desk_claims
WHERE ended_at IS NOT NULL AND outcome <> 'withdrawn' AND ($region IS NULL OR region = $region)
GROUP BY ALL
ORDER BY quarter, claim_kind

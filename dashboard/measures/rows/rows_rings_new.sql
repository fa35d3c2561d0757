-- Every ring that raised its first alarm in the window, the newest first.
SELECT alarmed_at AS counted_at, ring_id, pattern, state, accounts, confirmed_accounts, score, moved::DOUBLE AS moved, sentence, region, country, 1 AS counted
FROM rings
WHERE alarmed_at >= $starts AND alarmed_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted_at DESC, ring_id

-- Every alert of the window whose truth was known by the day the window is counted at, false ones counted against true ones.
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id, truth,
  (truth <> 'confirmed')::INTEGER AS counted, (truth = 'confirmed')::INTEGER AS of_all
FROM flagged_events
WHERE decision IN ('hold', 'block', 'freeze') AND occurred_at >= $starts AND occurred_at < $ends
  AND truth IS NOT NULL AND truth_known_at < $known_by
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted_at DESC, event_id

-- The ring to look at first: one that stands and is not broken, by its score, of a region or of all.
SELECT ring_id FROM rings
WHERE $region IS NULL OR region = $region
ORDER BY state = 'active' DESC, score DESC, at_risk DESC NULLS LAST, ring_id
LIMIT 1

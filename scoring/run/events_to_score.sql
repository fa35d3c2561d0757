-- How many events of $streams have no decision yet, or how many there are at all with $again.
SELECT count(*)
FROM spine
WHERE list_contains($streams, stream)
  AND ($again OR event_key NOT IN (SELECT event_key FROM scored WHERE model_version IS NOT NULL))

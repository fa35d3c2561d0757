-- Some flagged, explained events all over the store, with their account, region and country.
SELECT account_id, event_id, region, country
FROM scored
WHERE decision <> 'allow' AND is_explained AND country IS NOT NULL
ORDER BY md5(event_id)
LIMIT $how_many

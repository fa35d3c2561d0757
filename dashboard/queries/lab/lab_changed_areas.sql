-- Areas where a dated measure or a roll-out began before $until, which are no controls for each other.
SELECT area FROM rollouts WHERE starts_at < $until
UNION
SELECT coalesce(country, region) FROM interventions
WHERE starts_at < $until AND coalesce(country, region) IS NOT NULL
ORDER BY 1

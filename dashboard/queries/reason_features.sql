-- The features that led a reason, the most frequent first.
SELECT feature, count(*) AS events
FROM reasons
WHERE model = $model AND reason = $reason AND feature IS NOT NULL
  AND occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
GROUP BY feature
ORDER BY events DESC, feature

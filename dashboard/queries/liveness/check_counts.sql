-- How the identity checks of the window were decided, and what is known of them by now.
SELECT count(*) AS checks,
  count(*) FILTER (stage = 'capture') AS on_capture,
  count(*) FILTER (stage = 'media') AS on_media,
  count(*) FILTER (stage = 'no media') AS no_media,
  count(*) FILTER (media <> 'none') AS with_media,
  count(*) FILTER (problem IS NOT NULL) AS with_problem,
  count(*) FILTER (is_attack) AS attacks,
  count(*) FILTER (is_attack AND decision <> 'allow') AS stopped,
  count(*) FILTER (is_attack AND attack = 'injection') AS injections,
  count(*) FILTER (is_ripe AND NOT is_attack) AS honest
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)

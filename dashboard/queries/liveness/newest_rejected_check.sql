-- The newest rejected identity check; where none was, the one with the highest score.
SELECT event_id FROM check_facts
WHERE ($region IS NULL OR region = $region)
ORDER BY decision = 'block' DESC, CASE WHEN decision = 'block' THEN occurred_at END DESC, score DESC, event_id
LIMIT 1

-- What single signals added to the score of one identity check, the strongest of each group first.
SELECT family, feature, value, normal, points, sentence
FROM check_signals
WHERE event_id = $event_id
ORDER BY list_position(['capture', 'media', 're_use', 'context'], family), abs(points) DESC, feature

-- How the strength of ties and the score of rings were learned, for every quarter in which the ring had a day.
SELECT ring_models.*
FROM ring_models
WHERE as_of <= (SELECT max(as_of) FROM ring_history WHERE ring_id = $object_id)
ORDER BY as_of, model

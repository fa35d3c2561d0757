-- What came since each model that scores $area was trained, and whether it should be trained again.
SELECT *
FROM label_need
WHERE area = $area
ORDER BY model

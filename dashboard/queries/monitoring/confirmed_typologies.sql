-- Every kind of crime that a label confirmed by now.
SELECT DISTINCT typology
FROM labels
WHERE outcome = 'confirmed' AND typology IS NOT NULL
ORDER BY typology

-- How the challenger $model_version stands by the rule of promotion.
SELECT model_version, area, verdict, is_worse, sentence
FROM verdicts
WHERE model_version = $model_version

-- What each dated regional measure did to confirmed incidents, by the cohort model, with its pre-trend.
SELECT intervention_id, title, place, starts_at, ratio, low, high, pre_trend_p, lead_weeks, lead_ratios, lead_lows, lead_highs, verdict
FROM attributions
ORDER BY starts_at, intervention_id

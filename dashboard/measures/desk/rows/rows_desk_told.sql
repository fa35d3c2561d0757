-- Every case whose crime others told of in the window before the desk had said so: a customer, a partner, an authority.
SELECT min(labels.known_at) AS counted_at, cases.case_id, any_value(channel) AS channel, any_value(cases.kind) AS kind,
  any_value(cases.severity) AS severity, any_value(labels.typology) AS typology, NULL::VARCHAR AS analyst,
  any_value(regions) AS regions, any_value(labels.source) AS told_by, 1 AS counted
FROM labels
JOIN desk_alerts AS alerts USING (event_id)
JOIN main.desk_cases AS cases ON cases.case_id = alerts.case_id
WHERE labels.source <> 'desk' AND labels.outcome = 'confirmed' AND labels.known_at < $ends
  AND labels.known_at >= opened_at AND (cases.outcome IS NULL OR closed_at > labels.known_at)
GROUP BY cases.case_id
HAVING counted_at >= $starts

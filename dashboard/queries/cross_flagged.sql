-- How many sampled events of the quarter and of the one compared with each of the two quarters' models flags, by region.
WITH versions AS (
  SELECT model, model_version, valid_from FROM model_versions
  WHERE model_version IN (SELECT model_version FROM cross_scored)
),
in_force AS (
  SELECT windows.quarter, versions.model,
    -- Events before the first model are scored by that one.
    coalesce(
      arg_max(model_version, valid_from) FILTER (valid_from <= windows.quarter),
      arg_min(model_version, valid_from)
    ) AS model_version
  FROM versions CROSS JOIN (SELECT unnest([$quarter::DATE, $base::DATE]) AS quarter) AS windows
  GROUP BY windows.quarter, versions.model
)
SELECT region, crossed.quarter = $quarter AS is_now, in_force.quarter = $quarter AS is_new,
  sum(flagged)::BIGINT AS flagged, sum(events)::BIGINT AS events
FROM cross_scored AS crossed
JOIN in_force USING (model, model_version)
WHERE crossed.quarter IN ($quarter, $base)
GROUP BY ALL
ORDER BY ALL

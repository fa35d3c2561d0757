-- The error rates of one quarter: all checks, presentations and injections, and each species.
SELECT cut, part, point, apcer, apcer_low, apcer_high, bpcer, bpcer_low, bpcer_high
FROM liveness_errors
WHERE quarter = CAST($quarter AS DATE) AND cut IN ('all', 'attack', 'species')
ORDER BY cut, part, point

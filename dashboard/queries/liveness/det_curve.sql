-- The DET curve of a quarter: what each threshold lets in, and how many honest checks it disturbs.
SELECT attack, threshold, attacks, let_in, apcer, apcer_low, apcer_high, bona_fide, disturbed, bpcer, bpcer_low, bpcer_high
FROM liveness_det
WHERE quarter = $quarter
ORDER BY attack, threshold

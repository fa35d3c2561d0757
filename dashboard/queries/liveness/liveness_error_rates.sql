-- Error rates of identity checks by ISO/IEC 30107-3 in a quarter: a cut, an operating point, or all of them.
SELECT cut, part, point, threshold, attacks, let_in, apcer, apcer_low, apcer_high, bona_fide, disturbed, bpcer, bpcer_low, bpcer_high,
  worst_species, worst_apcer, acer
FROM liveness_errors
WHERE quarter = $quarter AND ($cut IS NULL OR cut = $cut) AND ($point IS NULL OR point = $point)
ORDER BY cut, apcer DESC NULLS LAST, attacks DESC, bona_fide DESC, part, threshold

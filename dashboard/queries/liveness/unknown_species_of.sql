-- Each species left out of training once: how much of it passes when it was never seen.
SELECT species, attacks, bpcer, apcer_known, known_low, known_high, apcer_unknown, unknown_low, unknown_high
FROM unknown_species
WHERE quarter = $quarter
ORDER BY apcer_unknown DESC, species

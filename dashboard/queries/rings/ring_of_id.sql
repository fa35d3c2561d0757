-- One ring: its life, its score, what it moved, and why the program believes in it.
SELECT ring_id, region, country, pattern, state, found_at, alarmed_at, grew_at, broken_at, ended_at, merged_into, split_from,
  accounts, confirmed_accounts, tie_kinds, score, highest_score, moved::DOUBLE AS moved,
  moved_inside::DOUBLE AS moved_inside, at_risk::DOUBLE AS at_risk, sentence
FROM rings
WHERE ring_id = $ring

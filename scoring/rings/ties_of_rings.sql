-- Ties that speak for two accounts that were in one ring: of each shared thing the last look, of transfers of a pair the strongest.
SELECT one_stay.ring_id, least(one.account_id, other.account_id) AS account_a,
  greatest(one.account_id, other.account_id) AS account_b, found_ties.*
FROM found_ties
JOIN ring_accounts AS one ON one.code = found_ties.one
JOIN ring_accounts AS other ON other.code = found_ties.other
JOIN (SELECT DISTINCT ring_id, account_id FROM found_stays) AS one_stay ON one_stay.account_id = one.account_id
JOIN (SELECT DISTINCT ring_id, account_id FROM found_stays) AS other_stay
  ON other_stay.account_id = other.account_id AND other_stay.ring_id = one_stay.ring_id
QUALIFY found_ties.kind < 5 OR row_number() OVER (
  PARTITION BY one_stay.ring_id, found_ties.one, found_ties.other, found_ties.kind
  ORDER BY found_ties.strength DESC, found_ties.thing
) = 1
ORDER BY one_stay.ring_id, account_a, account_b, found_ties.kind, found_ties.thing

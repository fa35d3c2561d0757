-- One claim of a mistaken transfer as it stands, as this reader may see it.
SELECT * FROM desk_claims WHERE claim_id = $claim_id

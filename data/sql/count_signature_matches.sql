-- How many matches with signatures are there?
SELECT count(*) FROM signature_matches

-- Empties the matches, because there are signatures that older entities were not compared with.
DELETE FROM signature_matches

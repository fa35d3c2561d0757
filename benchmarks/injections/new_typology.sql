-- From a day on one confirmed crime in five is of a kind that no label named before; labels come as late as they do.
UPDATE watched SET typology = 'romance_scam'
WHERE occurred_at >= $since AND model = 'fraud' AND outcome = 'confirmed' AND md5_number_lower(account_id) % 5 = 0

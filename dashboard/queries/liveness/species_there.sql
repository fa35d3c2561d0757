-- The species of attacks that were ever confirmed on identity checks, by name.
SELECT DISTINCT species FROM check_facts WHERE species IS NOT NULL ORDER BY species

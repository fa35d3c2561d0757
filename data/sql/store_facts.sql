-- Which unit of money does the store count in, how many files has it taken, and how many of them are synthetic?
SELECT (SELECT value FROM settings WHERE name = 'money_unit'), count(*), count(*) FILTER (is_synthetic)
FROM files
WHERE table_name <> 'signatures'

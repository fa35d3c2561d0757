-- What is the fact of this store called $name?
SELECT value FROM settings WHERE name = $name
